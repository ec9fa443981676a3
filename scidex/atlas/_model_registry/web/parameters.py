"""The query parameters of the JSON routes as the OpenAPI document describes them. The examples fit the demo models."""

from collections.abc import Sequence
from typing import Annotated, Literal

from fastapi import Path, Query
from pydantic import Field, JsonValue

from scidex.atlas._model_registry.contract import query as filters

# What the document says of texts; checked by filters, whose sentences say what would be right.
_NO_NUL = r"^[^\x00]*$"
_SORT = rf"^({'|'.join(filters.SORTS)}|{filters.METRIC_SORT}[^\x00]+)$"
# A name ends in no space, be it of Unicode.
_CONDITION = (
    r"^[^\x00]*[^<>=\x00-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000][\t-\r ]*(<=|>=|<|>|=)"
    r"[\t-\r ]*[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]{1,4})?[\t-\r ]*$"
)

_Text = Annotated[str, Field(json_schema_extra={"maxLength": filters.LONGEST_NAME, "pattern": _NO_NUL})]
_Search = Annotated[str, Field(max_length=filters.LONGEST_SEARCH, json_schema_extra={"pattern": _NO_NUL})]
_SortKey = Annotated[str, Field(json_schema_extra={"maxLength": filters.LONGEST_NAME, "pattern": _SORT})]
_Condition = Annotated[
    str, Field(json_schema_extra={"maxLength": filters.LONGEST_NAME, "pattern": _CONDITION})
]

_SEVERAL: dict[str, JsonValue] = {"maxItems": filters.MOST_VALUES}

Families = Annotated[
    Sequence[filters.Family],
    Query(
        json_schema_extra=_SEVERAL,
        description="Only models of any of these families. Repeat it for several.",
        examples=[["statistical"], ["biophysical", "deep_learning"]],
    ),
]
Datasets = Annotated[
    Sequence[_Text],
    Query(
        json_schema_extra=_SEVERAL,
        description="Only models trained on any of these datasets, by id. Repeat it for several.",
        examples=[["dataset-ad-train"]],
    ),
]
Hypothesis = Annotated[
    _Text | None,
    Query(
        description="Only models that test this hypothesis, by id.",
        examples=["hypothesis-csf-core-biomarkers"],
    ),
]
Analysis = Annotated[
    _Text | None,
    Query(description="Only models that this analysis produced, by id.", examples=["analysis-ad-logistic"]),
]
Words = Annotated[
    _Search | None,
    Query(
        description="Words that all begin a word of the title, id, architecture, equations, species or features.",
        examples=["logistic apoe"],
    ),
]
Latest = Annotated[
    bool | None,
    Query(
        description="true: only the latest version of each lineage; false: only older ones.", examples=[True]
    ),
]
Provenance = Annotated[
    filters.Provenance | None,
    Query(description="Only models whose provenance is complete, or only the others.", examples=["complete"]),
]
Origin = Annotated[
    _Text | None,
    Query(
        description="Only models of this origin, as rows hold it: internal, external or another text.",
        examples=["internal"],
    ),
]
Promotion = Annotated[
    _Text | None,
    Query(
        description="Only models in this state of promotion, as rows hold it: candidate, promoted, rejected, "
        "superseded or another text.",
        examples=["promoted"],
    ),
]
Metrics = Annotated[
    Sequence[_Condition],
    Query(
        json_schema_extra=_SEVERAL,
        description="Condition on a reported metric: its name, one of < <= > >= =, and a finite number. "
        "Repeat it for several that all have to hold.",
        examples=[["test_roc_auc>=0.9"], ["test_roc_auc>=0.8", "aic<300"]],
    ),
]
Sort = Annotated[
    _SortKey,
    Query(
        description=f"Sort key: {', '.join(filters.SORTS)}, or metric:NAME for models that report that metric.",
        examples=["quality_score", "metric:test_roc_auc"],
    ),
]
Order = Annotated[
    filters.Order | None,
    Query(
        description="Direction. By default the best, newest or largest first, titles from A, metrics best first.",
        examples=["desc"],
    ),
]
Limit = Annotated[
    int, Query(ge=1, le=filters.MOST_MODELS, description="Most models on a page.", examples=[20])
]
Offset = Annotated[
    int,
    Query(
        ge=0,
        le=filters.LARGEST_OFFSET,
        description="Matching models to skip. Not together with cursor.",
        examples=[0],
    ),
]
Cursor = Annotated[
    str | None,
    Query(
        description="next_cursor of an earlier answer with the same filters and sort: goes on after its last model.",
        examples=["WyI1NDMxN2Y1NGI3Il0"],
    ),
]
Facets = Annotated[
    bool, Query(description="Also count the values of each facet under the other filters.", examples=[True])
]

Ids = Annotated[
    Sequence[str],
    Query(
        description="2 to 10 ids, separated by commas or repeated. The order is that of the columns.",
        examples=[["model-ad-logistic-v1", "model-ad-logistic-v2"]],
    ),
]
Baseline = Annotated[
    str | None,
    Query(
        description="Which of ids the others are compared with. By default the first.",
        examples=["model-ad-logistic-v1"],
    ),
]
Format = Annotated[
    Literal["json", "csv", "md"],
    Query(
        description="json: all of it; csv, md: a file of the metrics and of the configuration that differs.",
        examples=["csv"],
    ),
]
ModelId = Annotated[
    str,
    Path(
        description="Id of a model, percent-encoded; it may be given without its prefix model-. An id that no path can "
        "hold, as `compare`, is asked as `/api/models/?id=compare`.",
        examples=["model-ad-logistic-v2", "ad-logistic-v2"],
    ),
]
# No path of the document's has an empty id, so this is told in words.
IdInQuery = Annotated[str, Query(include_in_schema=False)]
