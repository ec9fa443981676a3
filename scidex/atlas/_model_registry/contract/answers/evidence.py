"""What the evaluations of compared models show about a metric."""

from typing import Annotated, Literal

from typing_extensions import TypedDict

from scidex.atlas._model_registry.contract.answers.description import described


class MetricDifference(TypedDict):
    """How far a model's recomputed value is from the baseline's on the same samples."""

    value: Annotated[float, described("value less the baseline's", 0.08)]
    interval: Annotated[
        list[float] | None,
        described("interval at the level of the evidence; null where the data give none", [0.01, 0.15]),
    ]
    verdict: Annotated[
        Literal["better", "worse", "undecided", "identical", "equivalent"],
        described(
            "undecided: the samples cannot tell the two apart, which does not show that they are equal; "
            "equivalent: within the margin that the models declare",
            "better",
        ),
    ]


class MetricEvidence(TypedDict):
    """A metric recomputed from evaluations on the same samples. Numbers are not rounded.

    Intervals cover the sampling of these data alone: models and data set are held fixed. They leave out
    retraining, other sites, and tuning on this data set.
    """

    evaluations: Annotated[dict[str, str], described("evaluation by model", {"model-a": "evaluation-a-test"})]
    rows: Annotated[int, described("rows of each evaluation", 100)]
    units: Annotated[int, described("independent units that are resampled", 100)]
    unit_kind: Annotated[Literal["sample", "group"], described("what a unit is", "sample")]
    units_are: Annotated[str | None, described("what the units are called; null if not said", "participants")]
    resamples: Annotated[int, described("resamples of the units; 0 without intervals", 2000)]
    level: Annotated[
        float, described("level of each interval of a difference, so that all hold together in 95 %", 0.95)
    ]
    unit: Annotated[str | None, described("unit of the evaluations; null if none is declared", "uM")]
    recomputed: Annotated[
        dict[str, float | None],
        described("value by model, in the unit of the evaluations", {"model-a": 0.84, "model-b": 0.92}),
    ]
    agrees: Annotated[
        dict[str, bool | None],
        described(
            "by model, whether the reported value is the recomputed one; null: reported too coarsely, not reported, "
            "or nothing recomputed",
            {"model-a": True, "model-b": None},
        ),
    ]
    forms: Annotated[
        dict[str, str],
        described(
            "form in which a reported value agrees where it is not the plain one", {"model-a": "weighted"}
        ),
    ]
    intervals: Annotated[
        dict[str, list[float] | None],
        described("95 % interval of each value", {"model-a": [0.76, 0.91], "model-b": [0.86, 0.97]}),
    ]
    no_interval: Annotated[
        dict[str, str], described("why a value has no interval", {"model-a": "too few to say"})
    ]
    differences: Annotated[
        dict[str, MetricDifference], described("by model, how far it is from the baseline")
    ]
    without: Annotated[
        dict[str, str],
        described(
            "by each other model, why its evaluation does not pair", {"model-c": "its samples are others"}
        ),
    ]
