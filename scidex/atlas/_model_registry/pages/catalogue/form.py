"""The form above the list: search, one metric condition and the order; hidden fields carry everything else."""

from collections.abc import Sequence
from dataclasses import dataclass

from scidex.atlas._model_registry.contract.answers import ModelEntry
from scidex.atlas._model_registry.contract.checks import LONGEST_NAME
from scidex.atlas._model_registry.contract.query import LONGEST_SEARCH, METRIC_SORT, RELEVANCE, ModelQuery
from scidex.atlas._model_registry.pages.catalogue.addresses import address_parameters, condition_text
from scidex.atlas._model_registry.pages.catalogue.browsing import ticked_by
from scidex.atlas._model_registry.pages.catalogue.order import SORT_NAMES, sort_name
from scidex.atlas._model_registry.pages.words.addresses import REFERENCE, TICKED

_ORDERS = {"": "best first", "desc": "high to low, Z to A", "asc": "low to high, A to Z"}
_UNSEARCHED = {
    value: "" if value == ModelQuery().sort else value for value in SORT_NAMES if value != RELEVANCE
}
_FIELDS = frozenset({"q", "metric", "sort", "order", "offset"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """A choice of a select."""

    value: str
    words: str
    selected: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """The fields of the form; ``hidden`` carries the filters that are set elsewhere."""

    words: str
    longest_words: int
    condition: str
    metric_names: list[str]
    sorts: list[Option]
    orders: list[Option]
    hidden: list[tuple[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Conditions:
    """The field of conditions; ``hidden`` carries all else that is set."""

    text: str
    longest: int
    reference: str
    hidden: list[tuple[str, str]]


def conditions(query: ModelQuery) -> Conditions:
    """Return the field of conditions joined by words, among the filters."""
    return Conditions(
        text=query.where.text if query.where else "",
        longest=LONGEST_NAME,
        reference=f"{REFERENCE}#list_models",
        hidden=[
            *((name, value) for name, value in address_parameters(query) if name not in {"where", "offset"}),
            *((TICKED, model_id) for model_id in ticked_by(query)),
        ],
    )


def form(models: Sequence[ModelEntry], query: ModelQuery) -> Form:
    """Return the form, which offers the metrics of the listed models by name."""
    names = sorted({name for model in models for name in model["evaluation_metrics"]})
    first, others = query.metrics[:1], query.metrics[1:]
    return Form(
        words=query.words or "",
        longest_words=LONGEST_SEARCH,
        condition="".join(map(condition_text, first)),
        metric_names=names,
        sorts=_sorts(names, query),
        orders=[
            Option(value=value, words=words, selected=value == (query.order or ""))
            for value, words in _ORDERS.items()
        ],
        hidden=[
            *((name, value) for name, value in address_parameters(query) if name not in _FIELDS),
            *(("metric", condition_text(condition)) for condition in others),
            *((TICKED, model_id) for model_id in ticked_by(query)),
        ],
    )


def _sorts(names: Sequence[str], query: ModelQuery) -> list[Option]:
    metrics = [*names] if query.sort_metric in {None, *names} else [query.sort_metric or "", *names]
    # Without words there is no relevance; an order that nobody chose becomes relevance once words are given.
    named = {value: value for value in SORT_NAMES} if query.has_words else _UNSEARCHED
    offered = [*named.items(), *((f"{METRIC_SORT}{name}",) * 2 for name in metrics)]
    return [
        Option(value=sent, words=sort_name(value), selected=value == query.sort) for value, sent in offered
    ]
