"""The cards that introduce the compared models."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypedDict

from scidex.atlas._model_registry.contract.answers import Comparison, ModelEntry
from scidex.atlas._model_registry.pages.parts.named import Named
from scidex.atlas._model_registry.pages.parts.quality import quality_words
from scidex.atlas._model_registry.pages.parts.standings import StandingBanner, standing_banner
from scidex.atlas._model_registry.pages.words.addresses import compare_address
from scidex.atlas._model_registry.pages.words.identities import identity_facts, was_capped
from scidex.atlas._model_registry.pages.words.numbers import score
from scidex.atlas._model_registry.pages.words.wording import shortened

_TITLE_LIMIT = 160
_FEWEST_TO_COMPARE = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class IntroducedModel:
    """A compared model: identity, score with its cap, badges, and the links that change its column."""

    named: Named
    title: str
    full_title: str | None
    facts: list[str]
    score: str
    score_is: str
    capped_from: str | None
    origin: str | None
    warning: str | None
    standing: StandingBanner | None
    baseline_href: str | None
    remove_href: str | None


class _Kept(TypedDict):
    only_differences: bool
    setting: str


def model_cards(
    comparison: Comparison, models: Mapping[str, Named], *, only_differences: bool, setting: str = ""
) -> list[IntroducedModel]:
    """Return the card of every compared model; its links keep the other settings of the page."""
    kept = _Kept(only_differences=only_differences, setting=setting)
    return [_card(model, comparison, models[model["id"]], kept) for model in comparison["models"]]


def _card(model: ModelEntry, comparison: Comparison, named: Named, kept: _Kept) -> IntroducedModel:
    title = shortened(model["title"], _TITLE_LIMIT)
    return IntroducedModel(
        named=named,
        title=title,
        full_title=model["title"] if title.endswith("…") and title != model["title"] else None,
        facts=identity_facts(model),
        score=score(model["quality_score"]),
        score_is=quality_words(model),
        capped_from=score(model["quality_score_stored"]) if was_capped(model) else None,
        origin=model["origin_type"],
        warning=model["provenance_warning"],
        standing=standing_banner(
            comparison["provenance"]["standing"][model["id"]], comparison["provenance"]["graphs"][model["id"]]
        ),
        baseline_href=_baseline_href(comparison, named, kept),
        remove_href=_remove_href(comparison, named, kept),
    )


def _baseline_href(comparison: Comparison, named: Named, kept: _Kept) -> str | None:
    if named.is_baseline:
        return None
    ids = [model["id"] for model in comparison["models"]]
    return compare_address(ids, baseline=named.id, **kept)


def _remove_href(comparison: Comparison, named: Named, kept: _Kept) -> str | None:
    ids = [model["id"] for model in comparison["models"] if model["id"] != named.id]
    if len(ids) < _FEWEST_TO_COMPARE:
        return None
    baseline = ids[0] if named.is_baseline else comparison["baseline"]
    return compare_address(ids, baseline=baseline, **kept)
