"""The predictions behind the metrics of a model."""

from typing import Annotated

from typing_extensions import TypedDict

from scidex.atlas._model_registry.contract.answers.description import described
from scidex.atlas._model_registry.records.evaluations import Split, Task
from scidex.atlas._model_registry.records.states import State


class SharedSamples(TypedDict):
    """How many samples of an evaluation occur in the training data of its model."""

    shared_samples: Annotated[int, described("samples of the evaluation that the model was trained on", 0)]
    of: Annotated[int, described("samples of the evaluation", 100)]


class RecomputedMetric(TypedDict):
    """A metric of all rows, and what the model reports of it. Numbers are not rounded.

    A metric that the model reports under several names has one entry for each name.
    """

    metric: Annotated[str, described("the metric, as scikit-learn names it", "roc_auc")]
    value: Annotated[float | None, described("recomputed; null where the data do not define it", 0.910198)]
    unit: Annotated[str | None, described("unit of value and interval; null if none is declared", "uM")]
    interval: Annotated[
        list[float] | None, described("where the value may lie for other samples", [0.848101, 0.948374])
    ]
    level: Annotated[float, described("level of the interval", 0.95)]
    no_interval: Annotated[str | None, described("why there is none", "too few to say")]
    reported_as: Annotated[
        str | None, described("name under which the model reports it; null if it does not", "test_roc_auc")
    ]
    reported: Annotated[float | None, described("value that the model reports", 0.9102)]
    agrees: Annotated[
        bool | None,
        described("whether the reported value is the recomputed one; null: cannot be told", example=True),
    ]
    form: Annotated[
        str | None, described("form in which it agrees where that is not the plain one", "weighted")
    ]
    reason: Annotated[str | None, described("why agrees is not true", "reported too coarsely to say")]


class LeakageVerdict(TypedDict):
    """Whether samples that a model was evaluated on occur in its training data."""

    found: Annotated[
        bool | None,
        described("true: some do; false: checked, and none does; null: cannot be told", example=False),
    ]
    reason: Annotated[
        str,
        described(
            "what was looked at, for a person", "none of the 100 samples of dataset-ad-test was trained on"
        ),
    ]


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
    units_are: Annotated[str | None, described("what the units are called; null if not said", "participants")]
    resamples: Annotated[int, described("resamples of the units behind the intervals", 2000)]
    caveat: Annotated[
        str | None,
        described("what its intervals leave out; null: nothing special", "folds are not independent"),
    ]
    state: Annotated[
        State,
        described(
            "the worse of its own state and its dataset's: what is not sound makes no verdict", "sound"
        ),
    ]
    training_overlap: Annotated[
        SharedSamples | None,
        described(
            "its samples in the model's training data; null where ids do not tell",
            {"shared_samples": 0, "of": 100},
        ),
    ]
    metrics: Annotated[
        list[RecomputedMetric],
        described("every metric that its columns give, in the order of docs/evidence.md"),
    ]
