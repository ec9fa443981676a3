"""Models side by side: metrics, configuration, provenance."""

from collections.abc import Mapping
from typing import Annotated, Final, Literal, NotRequired

from typing_extensions import TypedDict

from scidex.atlas._model_registry.contract.answers.description import AnyJson, described
from scidex.atlas._model_registry.contract.answers.entries import ModelEntry
from scidex.atlas._model_registry.contract.answers.evidence import MetricEvidence
from scidex.atlas._model_registry.contract.answers.findings import Finding
from scidex.atlas._model_registry.contract.answers.provenance import Graph, Input, ProvenanceVerdict
from scidex.atlas._model_registry.contract.answers.standing import Standing
from scidex.atlas._model_registry.contract.answers.training_data import TrainingData
from scidex.atlas._model_registry.records.metrics import Direction, MetricSplit

ChangeKind = Literal["same", "changed", "added", "removed", "type_changed", "unknown"]
Section = Literal["architecture", "parameters", "training", "equations", "features", "code", "other"]

EquationJudgement = Literal[
    "equal as formulas", "not shown to be equal", "cannot be read", "too much to read"
]
EQUAL: Final = "equal as formulas"
REASONS: Final[Mapping[EquationJudgement, str]] = {
    "equal as formulas": "equal as formulas",
    "not shown to be equal": "not shown to be equal",
    "cannot be read": "cannot be read as a formula, compared as text",
    "too much to read": "too much to read, compared as text",
}


class MetricRow(TypedDict):
    """One metric over the compared models; null in values means not reported.

    A value stands in the row's unit, or in the model's own where that does not convert.
    """

    name: Annotated[str, described("name under which the models report it", "aic")]
    direction: Annotated[
        Direction,
        described(
            "which value is better; neutral: none is, target: the nearest to target, unknown: not in the table",
            "lower",
        ),
    ]
    target: Annotated[float | None, described("best value where direction is target, else null", 1.0)]
    unit: Annotated[str | None, described("unit of the row, the baseline's; null if none is declared", "uM")]
    values: Annotated[
        dict[str, float | None],
        described(
            "value by model, converted to the row's unit; null: not reported",
            {"model-ad-logistic-v1": 215.612, "model-ad-logistic-v2": 215.208},
        ),
    ]
    best: Annotated[
        list[str],
        described(
            "models with the best value as reported, of training data too; empty where none can be told. "
            "What samples show is in distinguished and leaders",
            ["model-ad-logistic-v2"],
        ),
    ]
    delta: Annotated[
        dict[str, float | None],
        described("value less the baseline's, by model, in its unit", {"model-ad-logistic-v2": -0.404}),
    ]
    delta_percent: Annotated[
        dict[str, float | None],
        described("delta in percent of the baseline; null where that is 0", {"model-ad-logistic-v2": -0.19}),
    ]
    comparable: Annotated[
        bool | None, described("whether all were measured alike; null: cannot be told", example=True)
    ]
    reason: Annotated[
        str | None,
        described("why not, for a person; null where comparable", "only model-a reports rmse"),
    ]
    finding: NotRequired[
        Annotated[Finding, described("why not, as data; reason words it; absent where comparable")]
    ]
    split: NotRequired[
        Annotated[
            MetricSplit,
            described(
                "data that all were measured on, by name or declaration; absent where not told", "test"
            ),
        ]
    ]
    units: NotRequired[
        Annotated[
            dict[str, str | None],
            described("unit of each value, by model", {"model-a": "uM"}),
        ]
    ]
    spread: NotRequired[
        Annotated[
            dict[str, float],
            described("declared standard deviation of the value, by model, in its unit", {"model-a": 14.56}),
        ]
    ]
    recomputed: NotRequired[
        Annotated[
            bool,
            described(
                "true where no model reports the metric and evaluations give it; else absent", example=True
            ),
        ]
    ]
    evidence: NotRequired[
        Annotated[
            MetricEvidence | None, described("what evaluations on the same samples give; null without any")
        ]
    ]
    fallen: NotRequired[
        Annotated[
            list[str],
            described(
                "models whose evaluations of this metric are not sound, so that it has no best; absent without any",
                ["model-a"],
            ),
        ]
    ]
    evidence_reason: NotRequired[
        Annotated[
            str | None,
            described(
                "why there is no evidence, or what limits it", "model-a has no evaluation of this split"
            ),
        ]
    ]
    distinguished: NotRequired[
        Annotated[
            bool | None,
            described(
                "whether the data show one model to be the best; null unless every model with a value has evidence",
                example=False,
            ),
        ]
    ]
    leaders: NotRequired[
        Annotated[
            list[str],
            described(
                "models among which the best one is, at a confidence of 95 %",
                ["model-ad-logistic-v1", "model-ad-logistic-v2"],
            ),
        ]
    ]
    not_a_number: NotRequired[
        Annotated[
            list[str],
            described("models whose reported value is not a finite number", ["model-ad-logistic-v1"]),
        ]
    ]


class ConfigurationValue(TypedDict):
    """One configuration value as its model states it."""

    value: Annotated[AnyJson, described("the value, unchanged", 0.05)]
    unit: NotRequired[Annotated[str | None, described("its unit as written", "1/hr")]]
    source: NotRequired[Annotated[str | None, described("where it was taken from", "fitted")]]
    computed: NotRequired[
        Annotated[bool, described("true where the value is the formula that computes it", example=True)]
    ]


class ChangedTerm(TypedDict):
    """A term of an equation that differs between the baseline and another model."""

    before: Annotated[str, described("the term in the baseline", "- k10 * C")]
    after: Annotated[str, described("the term in the model", "- 2 * k10 * C")]


class ChangedTerms(TypedDict):
    """The terms, with their signs, in which an equation differs from the baseline's."""

    added: Annotated[list[str], described("terms that the baseline lacks", ["+ S^2 * inv_Ki"])]
    removed: Annotated[list[str], described("terms that the model lacks", ["- k12 * C"])]
    changed: Annotated[list[ChangedTerm], described("terms with most of their names in common")]
    within: Annotated[
        str | None,
        described(
            "part of the model's equation that the terms stand in; null: the whole right side",
            "Km + S + S^2 * inv_Ki",
        ),
    ]


class ConfigurationRow(TypedDict):
    """One leaf of the configuration over the compared models; null in values means the model lacks it."""

    section: Annotated[Section, described("part of the configuration", "parameters")]
    path: Annotated[str, described("place within the section, dotted", "k_clear")]
    values: Annotated[
        dict[str, ConfigurationValue | None],
        described(
            "value by model; null: the model has none",
            {"model-a": {"value": 0.05, "unit": "1/hr"}, "model-b": {"value": 2.4, "unit": "1/day"}},
        ),
    ]
    equal: Annotated[bool, described("whether all are the same after conversion of units", example=False)]
    change: Annotated[
        dict[str, ChangeKind],
        described(
            "by model, how it differs from the baseline; unknown: a unit or a number cannot be read, or the units "
            "leave open whether they convert, so it cannot be told",
            {"model-a": "same", "model-b": "changed"},
        ),
    ]
    ratio: Annotated[
        dict[str, float | None],
        described(
            "by model, value over the baseline's in one unit; null where there is none",
            {"model-a": 1.0, "model-b": 2.0},
        ),
    ]
    reason: NotRequired[
        Annotated[
            str | None,
            described(
                "for a person, how equations were judged, or why a change is unknown; absent where values are plain",
                EQUAL,
            ),
        ]
    ]
    judged: NotRequired[
        Annotated[
            dict[str, EquationJudgement],
            described(
                "for equations written differently, by model: equal up to the algebra of fractions, not shown to be, "
                "or compared as text: no formula that can be read, or beyond 100,000 characters of a section",
                {"model-b": EQUAL},
            ),
        ]
    ]
    terms: NotRequired[
        Annotated[
            dict[str, ChangedTerms],
            described(
                "by model, where an equation that is not shown to be equal differs from the baseline's"
            ),
        ]
    ]


class ComparedProvenance(TypedDict):
    """The compared models' verdicts, standings, inputs and graphs; graph is the union."""

    models: Annotated[dict[str, ProvenanceVerdict], described("verdict by model")]
    standing: Annotated[
        dict[str, Standing], described("by model, the worst state of itself and of everything it rests on")
    ]
    shared_inputs: Annotated[list[Input], described("inputs that all models have, in the same version")]
    partly_shared_inputs: Annotated[list[Input], described("inputs that several but not all models have")]
    unique_inputs: Annotated[dict[str, list[Input]], described("by model, inputs that it alone has")]
    graphs: Annotated[dict[str, Graph], described("provenance graph by model")]
    graph: Annotated[Graph, described("union of the graphs; its nodes name the models that reach them")]


class Comparison(TypedDict):
    """Models side by side; the order of models is the column order."""

    models: Annotated[list[ModelEntry], described("the compared models, in the order asked for")]
    baseline: Annotated[str, described("model that the others are compared with", "model-ad-logistic-v1")]
    metrics: Annotated[list[MetricRow], described("every metric that any of the models reports")]
    metadata_diff: Annotated[list[ConfigurationRow], described("every configuration value of any model")]
    training_data: Annotated[TrainingData, described("data behind each model, and what they share")]
    provenance: Annotated[ComparedProvenance, described("where the models come from, side by side")]
