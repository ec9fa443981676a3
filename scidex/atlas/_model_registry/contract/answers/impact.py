"""What rests on an artifact: its models one by one, all else counted by type, and the nearest as a graph."""

from typing import Annotated

from typing_extensions import TypedDict

from scidex.atlas._model_registry.contract.answers.description import described
from scidex.atlas._model_registry.contract.answers.details import LinkedArtifact
from scidex.atlas._model_registry.contract.answers.provenance import Graph
from scidex.atlas._model_registry.contract.answers.standing import Standing
from scidex.atlas._model_registry.records.states import State


class TouchedModelEntry(TypedDict):
    """A model that rests on an artifact, and the shortest path from it to there."""

    id: Annotated[str, described("the model", "model-ad-logistic-v1")]
    title: Annotated[str, described("its name for a person", "Cognitive impairment, logistic regression")]
    version_number: Annotated[int, described("place in its lineage, counted from 1", 1)]
    is_latest: Annotated[bool, described("whether it is the latest of its lineage", example=False)]
    model_family: Annotated[
        str | None, described("biophysical, deep_learning or statistical; null for any other", "statistical")
    ]
    quality_score: Annotated[float | None, described("effective score, 0 to 1; null if unscored", 0.797058)]
    steps: Annotated[int, described("fewest steps from the model to the artifact, 1 to 12", 1)]
    path: Annotated[
        list[str],
        described(
            "the model, what it rests on, and so on to the artifact",
            ["model-ad-logistic-v1", "dataset-ad-train"],
        ),
    ]


class Impact(TypedDict):
    """Everything that rests on an artifact within 12 steps, without the artifact itself."""

    artifact: Annotated[LinkedArtifact, described("the artifact that is asked about")]
    state: Annotated[State | None, described("its own state; null where it is not registered", "sound")]
    standing: Annotated[
        Standing | None,
        described("the worst state of itself and of all it rests on; null where it is not registered"),
    ]
    models: Annotated[list[TouchedModelEntry], described("models of this page, nearest first, then by id")]
    total_models: Annotated[int, described("models that rest on it on all pages together", 10)]
    others: Annotated[
        dict[str, int],
        described("other artifacts that rest on it, by type", {"analysis": 3, "evaluation": 4}),
    ]
    limit: Annotated[int, described("most models on a page, 1 to 200", 20)]
    offset: Annotated[int, described("models before this page", 0)]
    truncated: Annotated[bool, described("whether more lies beyond 12 steps", example=False)]
    graph: Annotated[Graph, described("the nearest of what rests on it, at most 400 artifacts")]
