"""The models of one page of the list, each with what helps to choose one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from scidex.atlas._model_registry.contract.answers import ListedEntry, ModelEntry
from scidex.atlas._model_registry.contract.query import ModelQuery
from scidex.atlas._model_registry.pages.catalogue.headlines import ShownHeadline, headlines
from scidex.atlas._model_registry.pages.catalogue.marks import Piece, marked
from scidex.atlas._model_registry.pages.catalogue.ticks import CompareTick, tick
from scidex.atlas._model_registry.pages.parts.quality import quality_words
from scidex.atlas._model_registry.pages.parts.standings import listed_standing
from scidex.atlas._model_registry.pages.words.addresses import artifact_address, model_address
from scidex.atlas._model_registry.pages.words.identities import identity_facts, was_capped
from scidex.atlas._model_registry.pages.words.numbers import counted, score
from scidex.atlas._model_registry.pages.words.wording import shortened
from scidex.atlas._model_registry.records.states import State

_TITLE_LIMIT = 160
_NAME_LIMIT = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedLink:
    """An artifact by its name, with the address of its page; ``others`` counts further ones of its kind."""

    words: list[Piece]
    href: str
    others: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelLine:
    """One model of the list; ``capped_from`` is the stored score where the shown one is lower.

    ``standing`` words a ``status`` other than sound.
    """

    id: str
    shown_id: list[Piece]
    title: list[Piece]
    href: str
    facts: list[str]
    origin: str | None
    score: str
    score_is: str
    capped_from: str | None
    headlines: list[ShownHeadline]
    more_metrics: int
    trained_on: NamedLink | None
    produced_by: NamedLink | None
    warning: str | None
    status: State
    standing: str | None
    anchor: str
    tick: CompareTick


def model_lines(
    models: Sequence[ListedEntry], query: ModelQuery, titles: Mapping[str, str]
) -> list[ModelLine]:
    """Return the models in the order of the list; ``titles`` holds those of datasets by their ids."""
    wanted = [condition.name for condition in query.metrics]
    if query.sort_metric is not None:
        wanted.append(query.sort_metric)
    return [
        _line(model, wanted, titles, query, anchor=f"model-{place}") for place, model in enumerate(models, 1)
    ]


def _line(
    model: ListedEntry, wanted: Sequence[str], titles: Mapping[str, str], query: ModelQuery, *, anchor: str
) -> ModelLine:
    words = query.words or ""
    shown = headlines(model, wanted)
    return ModelLine(
        id=model["id"],
        title=marked(shortened(model["title"], _TITLE_LIMIT) or model["id"], words),
        shown_id=marked(model["id"], words),
        href=model_address(model["id"]),
        facts=identity_facts(model),
        origin=model["origin_type"],
        score=score(model["quality_score"]),
        score_is=quality_words(model),
        capped_from=score(model["quality_score_stored"]) if was_capped(model) else None,
        headlines=shown,
        more_metrics=len(model["evaluation_metrics"]) - len(shown),
        trained_on=_trained_on(model, titles, words),
        produced_by=_produced_by(model, words),
        warning=model["provenance_warning"],
        status=model["standing"]["status"],
        standing=listed_standing(model),
        anchor=anchor,
        tick=tick(query, model["id"], anchor),
    )


def _trained_on(model: ModelEntry, titles: Mapping[str, str], words: str) -> NamedLink | None:
    if model["trained_on"] is None:
        return None
    others = len(model["training_datasets"]) - 1
    return NamedLink(
        words=marked(shortened(titles.get(model["trained_on"], model["trained_on"]), _NAME_LIMIT), words),
        href=artifact_address(model["trained_on"], "dataset"),
        others=f"and {counted(others, 'other')}" if others > 0 else None,
    )


def _produced_by(model: ModelEntry, words: str) -> NamedLink | None:
    if model["produced_by"] is None:
        return None
    return NamedLink(
        words=marked(shortened(model["produced_by"], _NAME_LIMIT), words),
        href=artifact_address(model["produced_by"], "analysis"),
        others=None,
    )
