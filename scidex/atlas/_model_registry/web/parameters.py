"""The query parameters of the JSON routes as OpenAPI describes them. The examples fit the demo models."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Annotated, Any, Literal

from fastapi import Path, Query
from pydantic import BaseModel, Field, JsonValue, create_model

from scidex.atlas._model_registry.contract import checks, query
from scidex.atlas._model_registry.contract.filters import FILTERS, Filter
from scidex.atlas._model_registry.exports.compared.formats import COMPARISON_FORMATS
from scidex.atlas._model_registry.exports.formats import FORMATS

# Patterns for the document; the query checks the values, with better messages.
_NO_NUL = r"^[^\x00]*$"
_SORT = rf"^({'|'.join(query.SORTS)}|{query.METRIC_SORT}[^\x00]+)$"
# A name ends in no space, be it of Unicode, and != is no operator.
_CONDITION = (
    r"^[^\x00]*[^<>=!\x00-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000][\t-\r ]*(<=|>=|<|>|=)"
    r"[\t-\r ]*[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]{1,4})?[\t-\r ]*$"
)

_Text = Annotated[str, Field(json_schema_extra={"maxLength": checks.LONGEST_NAME, "pattern": _NO_NUL})]
_Search = Annotated[str, Field(max_length=query.LONGEST_SEARCH, json_schema_extra={"pattern": _NO_NUL})]
_SortKey = Annotated[str, Field(json_schema_extra={"maxLength": checks.LONGEST_NAME, "pattern": _SORT})]
_Condition = Annotated[
    str, Field(json_schema_extra={"maxLength": checks.LONGEST_NAME, "pattern": _CONDITION})
]

_Moment = Annotated[
    str,
    Field(json_schema_extra={"pattern": r"^[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2}(:[0-9]{2})?Z?)?$"}),
]

_SEVERAL: dict[str, JsonValue] = {"maxItems": checks.MOST_VALUES}


class _Page(BaseModel):
    """The parameters of the list other than its filters."""

    q: _Search | None = Field(
        None,
        description="Words that all begin a word of the model's title, id, card, description, keywords, task, "
        "architecture, equations, species or features, or of what is told of its training data, hypotheses and "
        "analyses.",
        examples=["logistic apoe", "alzheimer dementia"],
    )
    metric: list[_Condition] = Field(
        [],
        json_schema_extra=_SEVERAL,
        description="Condition on a reported metric: its name, one of < <= > >= =, and a finite number. "
        "Repeat it for several that all have to hold.",
        examples=[["test_roc_auc>=0.9"], ["test_roc_auc>=0.8", "aic<300"]],
    )
    where: (
        Annotated[str, Field(max_length=checks.LONGEST_NAME, json_schema_extra={"pattern": _NO_NUL})] | None
    ) = Field(
        None,
        description="Conditions joined by and, or, not and brackets: name < number, number <= name < number, name "
        "between number and number, lacks name, has name, filter = value. Names are those of metrics, quality_score, "
        "parameter_count and filters of few values; other signs than letters stand in double quotes.",
        examples=["(test_roc_auc >= 0.9 or test_r2 > 0.8) and lacks aic", "0.8 <= quality_score < 0.9"],
    )
    sort: _SortKey = Field(
        "quality_score",
        description=f"Sort key: {', '.join(query.SORTS)}, or metric:NAME for models that report that metric. "
        "relevance: how well the words of q fit, those of titles first; equal matches by quality.",
        examples=["quality_score", "metric:test_roc_auc"],
    )
    order: query.SortOrder | None = Field(
        None,
        description="Direction. By default the best, newest or largest first, titles from A, metrics best first.",
        examples=["desc"],
    )
    limit: int = Field(20, ge=1, le=query.MOST_MODELS, description="Most models on a page.", examples=[20])
    offset: int = Field(
        0,
        ge=0,
        le=query.LARGEST_OFFSET,
        description="Matching models to skip. Not together with cursor.",
        examples=[0],
    )
    cursor: str | None = Field(
        None,
        description="next_cursor of an earlier answer with the same filters and sort: goes on after its last model.",
        examples=["WyI1NDMxN2Y1NGI3Il0"],
    )
    facets: bool = Field(
        False,  # noqa: FBT003  the default of a field
        description="Also count the values of each facet under the other filters.",
        examples=[True],
    )
    format: Literal["json", "csv"] = Field(
        "json",
        description="json: one page; csv: a file of all that match, without limit, offset, cursor and facets.",
        examples=["csv"],
    )
    bom: bool = Field(
        False,  # noqa: FBT003  the default of a field
        description="With format=csv, put a byte order mark first: spreadsheets then show µ and β.",
        examples=[True],
    )


def _filters() -> Iterator[tuple[str, Any]]:
    """Yield each declared filter as a field of the query."""
    for name, declared in FILTERS.items():
        one = _value(declared)
        told: dict[str, Any] = {"description": declared.description, "examples": list(declared.examples)}
        if declared.repeatable:
            yield name, (list[one], Field([], json_schema_extra=_SEVERAL, **told))  # type: ignore[valid-type]  # made at run time
        else:
            yield name, (one | None, Field(None, **told))


def _value(declared: Filter) -> Any:
    if declared.is_truth:
        return bool
    if declared.read:
        return _Moment
    return Literal[declared.choices] if declared.choices and not declared.is_open else _Text


if TYPE_CHECKING:
    ListQuery = _Page
else:
    ListQuery = create_model("ListQuery", __base__=_Page, __config__=None, **dict(_filters()))

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
if TYPE_CHECKING:
    _ComparisonFormat = str
else:
    _ComparisonFormat = Literal[tuple(COMPARISON_FORMATS)]

FormatParameter = Annotated[
    _ComparisonFormat,
    Query(
        description="; ".join(f"{name}: {one.holds}" for name, one in COMPARISON_FORMATS.items()) + ".",
        examples=["csv"],
    ),
]
if TYPE_CHECKING:
    _ModelFormat = str
else:
    _ModelFormat = Literal[tuple(FORMATS)]

ModelFormat = Annotated[
    _ModelFormat | None,
    Query(
        description="The model as a file, in one of these; without it, Accept chooses, and JSON where it names none. "
        + "; ".join(f"{name}: {one.holds}{one.wants and f' ({one.wants})'}" for name, one in FORMATS.items())
        + ".",
        examples=["citation"],
    ),
]
TableFormat = Annotated[
    Literal["json", "csv"],
    Query(
        description="json: one page; csv: a file of all models, without limit and offset.", examples=["csv"]
    ),
]
RowsOf = Annotated[
    Literal["models", "all"],
    Query(
        description="With format=csv, whose rows: of models, or of all that rests on it, with its type.",
        examples=["models"],
    ),
]
Limit = Annotated[int, Query(ge=1, le=query.MOST_MODELS, description="Most models on a page.", examples=[20])]
Offset = Annotated[int, Query(ge=0, le=query.LARGEST_OFFSET, description="Models to skip.", examples=[0])]
ByteOrderMark = Annotated[
    bool,
    Query(
        description="With format=csv, put a byte order mark first: spreadsheets then show µ and β.",
        examples=[True],
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
# No path in the document has an empty id, so the description tells it.
IdInQuery = Annotated[str, Query(include_in_schema=False)]
