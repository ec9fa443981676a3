"""A list of models."""

from typing import Annotated, NotRequired

# Pydantic builds the OpenAPI document from these and, before Python 3.12, reads only this TypedDict.
from typing_extensions import TypedDict

from scidex.atlas._model_registry.contract.answers.description import described
from scidex.atlas._model_registry.records.models import Rule
from scidex.atlas._model_registry.records.states import State


class Headline(TypedDict):
    """The metric by which a model is first judged: the one that it names, else its first held-out one."""

    metric: Annotated[str, described("name under which the model reports it", "test_roc_auc")]
    value: Annotated[float, described("value that the model reports", 0.910198)]
    interval: Annotated[
        list[float] | None,
        described("95 % interval by its evaluation, as the value is reported", [0.848101, 0.948374]),
    ]
    rows: Annotated[int | None, described("rows of that evaluation; null without one", 100)]
    units: Annotated[int | None, described("independent units of its rows", 100)]
    units_are: Annotated[str | None, described("what the units are called; null if not said", "participants")]
    agrees: Annotated[
        bool | None,
        described("whether its evaluation gives the value; null: cannot be told", example=True),
    ]


class ModelEntry(TypedDict):
    """One model version, as lists, details and comparisons show it."""

    id: Annotated[
        str, described("identifier of this version; may hold any character", "model-ad-logistic-v2")
    ]
    title: Annotated[str, described("name for a person", "Cognitive impairment, logistic regression")]
    model_family: Annotated[
        str | None,
        described(
            "biophysical, deep_learning or statistical; null where the row says none of them", "statistical"
        ),
    ]
    version_number: Annotated[int, described("place in its lineage, counted from 1", 2)]
    version_tag: Annotated[str | None, described("name given to this version", "best")]
    is_latest: Annotated[bool, described("whether it is the latest version of its lineage", example=True)]
    quality_score: Annotated[
        float | None,
        described("effective score, 0 to 1, at most 0.3 without full provenance; null if unscored", 0.820396),
    ]
    quality_score_stored: Annotated[
        float | None, described("score as the row holds it, 0 to 1, without the cap", 0.820396)
    ]
    evaluation_metrics: Annotated[
        dict[str, float],
        described("finite numbers by the name reported", {"test_roc_auc": 0.910198, "aic": 215.208}),
    ]
    headline: Annotated[
        Headline | None,
        described(
            "metric named in metadata.headline_metric, else the first held-out one; null if there is neither"
        ),
    ]
    computed: Annotated[
        bool,
        described(
            "whether evaluations were looked at: in a list false until that was done, and what they give is null",
            example=True,
        ),
    ]
    contradicted: Annotated[
        list[str],
        described("reported metrics of which an evaluation gives another value", ["test_accuracy"]),
    ]
    parameter_count: Annotated[int | None, described("number of fitted parameters; null if unknown", 7)]
    trained_on: Annotated[
        str | None, described("first training dataset that is registered", "dataset-ad-train")
    ]
    training_datasets: Annotated[
        list[str],
        described("all registered training datasets, those named in metadata first", ["dataset-ad-train"]),
    ]
    produced_by: Annotated[
        str | None, described("first producing analysis that is registered", "analysis-ad-logistic")
    ]
    tests_hypothesis: Annotated[
        str | None, described("first tested hypothesis that is registered", "hypothesis-csf-core-biomarkers")
    ]
    origin_type: Annotated[
        str | None, described("internal if built here, external if taken over", "internal")
    ]
    lifecycle_state: Annotated[str | None, described("state of the artifact in the host", "active")]
    promotion_state: Annotated[
        str | None, described("candidate, promoted, rejected or superseded; null if never judged", "promoted")
    ]
    provenance_complete: Annotated[
        bool, described("whether every required provenance rule holds", example=True)
    ]
    provenance_missing: Annotated[
        list[Rule], described("required rules that do not hold; empty if complete", ["pinned_inputs"])
    ]
    provenance_warning: Annotated[
        str | None,
        described(
            "one sentence for a person; null if complete",
            "Provenance is incomplete: no training dataset is known. Its stored score of 0.9 is shown as 0.3.",
        ),
    ]
    unreadable: Annotated[
        list[str],
        described(
            "paths of what was left out or cut, as it cannot be read or is larger than is read",
            ["model_versions.eval_metrics_json"],
        ),
    ]
    created_at: Annotated[
        str | None, described("moment of registration, RFC 3339 in UTC", "2026-04-05T12:00:00Z")
    ]


class ListedStanding(TypedDict):
    """The standing of a model in a list; its detail says what it rests on."""

    status: Annotated[
        State, described("sound, outdated, disputed or retracted: the worst of all it rests on", "sound")
    ]


class ListedEntry(ModelEntry):
    """One model version in a list, with its standing."""

    standing: Annotated[
        ListedStanding, described("the worst state of the model and of everything it rests on")
    ]


class FacetValue(TypedDict):
    """How many models have one value of a facet under the other filters; a value that is an id has a title."""

    value: Annotated[
        str | bool | None, described("value to filter by; null for models that have none", "statistical")
    ]
    count: Annotated[int, described("models that have it, 0 or more", 9)]
    title: NotRequired[
        Annotated[
            str,
            described("title of the dataset or hypothesis", "Alzheimer's biomarkers: training participants"),
        ]
    ]


class ModelList(TypedDict):
    """A page of models and how many there are in all."""

    models: Annotated[list[ListedEntry], described("the models of this page, in the order asked for")]
    total: Annotated[int, described("models that match on all pages together", 28)]
    limit: Annotated[int, described("most models on a page, 1 to 200", 20)]
    offset: Annotated[int, described("matching models before this page; 0 when a cursor was given", 0)]
    next_cursor: Annotated[
        str | None, described("value of cursor for the next page; null on the last", "WyI1NDMxN2Y1NGI3Il0")
    ]
    sort_note: NotRequired[
        Annotated[
            str,
            described(
                "given when sorted by a metric without a best end: why, and which end comes first",
                "Which way zorp is better is not known: its largest value stands first, order=asc turns it round.",
            ),
        ]
    ]
    hint: NotRequired[
        Annotated[
            str,
            described(
                "given where no model reports a metric by a name asked for: names alike that models report; "
                "else on a dataset's leaderboard: how many models evaluated there do not report its metric",
                "No model reports roc_auc; models report test_roc_auc and train_roc_auc. Ask for it by such a name.",
            ),
        ]
    ]
    suggestions: NotRequired[
        Annotated[
            list[str],
            described(
                "given where nothing matches: words near to those of q, or fewer of them, that do find models",
                ["alzheimer logistic"],
            ),
        ]
    ]
    facets: NotRequired[
        Annotated[
            dict[str, list[FacetValue]],
            described(
                "values with their counts, by facet; given with facets=true",
                {"family": [{"value": "biophysical", "count": 15}, {"value": "statistical", "count": 9}]},
            ),
        ]
    ]
