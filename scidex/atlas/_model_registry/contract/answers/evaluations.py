"""The predictions that the numbers of a model rest on."""

from typing import Annotated

from typing_extensions import TypedDict

from scidex.atlas._model_registry.contract.answers.description import described
from scidex.atlas._model_registry.records.evaluations import Split, Task


class SharedSamples(TypedDict):
    """How many samples of an evaluation stand in the training data of its model."""

    shared_samples: Annotated[int, described("samples of the evaluation that the model was trained on", 0)]
    of: Annotated[int, described("samples of the evaluation", 100)]


class EvaluationEntry(TypedDict):
    """What a model predicted for a dataset version: the newest sound evaluation of each split."""

    id: Annotated[str, described("the evaluation, an artifact", "evaluation-ad-logistic-v2-test")]
    title: Annotated[str, described("its name for a person", "Held-out participants: logistic regression")]
    dataset: Annotated[str, described("the dataset it predicted", "dataset-ad-test")]
    dataset_version: Annotated[int | None, described("version of the dataset; null if not said", 1)]
    split: Annotated[Split, described("what the samples were to the model", "test")]
    task: Annotated[Task, described("what was predicted", "binary")]
    rows: Annotated[int, described("samples", 100)]
    units: Annotated[int, described("independent units: groups where every row has one, else samples", 100)]
    training_overlap: Annotated[
        SharedSamples | None,
        described(
            "its samples in the model's training data; null where ids do not tell",
            {"shared_samples": 0, "of": 100},
        ),
    ]
