"""The standing of an artifact: the worst state of itself and of everything it rests on."""

from typing import Annotated

from typing_extensions import TypedDict

from scidex.atlas._model_registry.contract.answers.description import described
from scidex.atlas._model_registry.records.states import State


class StandingCause(TypedDict):
    """An artifact that is not sound, and the shortest path to it."""

    artifact_id: Annotated[str, described("the artifact that is not sound", "dataset-raw")]
    artifact_type: Annotated[str | None, described("its type; null if it is not registered", "dataset")]
    title: Annotated[str | None, described("its name for a person", "Raw recordings")]
    state: Annotated[
        State,
        described(
            "retracted: tagged so, or rejected; disputed: flagged, challenged, or not as it was pinned; "
            "outdated: deprecated or superseded",
            "retracted",
        ),
    ]
    path: Annotated[
        list[str],
        described(
            "fewest steps from the model or artifact to it, both included",
            ["model-x", "dataset-train", "dataset-raw"],
        ),
    ]
    reason: Annotated[
        str | None,
        described(
            "its changelog, or what its pin says against what is registered", "Subjects were mislabelled."
        ),
    ]


class Standing(TypedDict):
    """The worst state of an artifact and of everything it rests on, within 12 steps."""

    status: Annotated[
        State, described("sound, outdated, disputed or retracted: the worst state that was met", "retracted")
    ]
    because: Annotated[
        list[StandingCause], described("what is not sound, nearest first, at most 20; empty if sound")
    ]
    truncated: Annotated[
        bool,
        described(
            "whether bounds cut something off: 12 steps, 20 causes, links beyond those read", example=False
        ),
    ]
