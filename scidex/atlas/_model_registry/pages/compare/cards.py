"""Who the compared models are: the letter each goes by on the page, and the card it is introduced with."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from os.path import commonprefix
from string import ascii_uppercase

from scidex.atlas._model_registry.contract.answers import Comparison, ModelEntry
from scidex.atlas._model_registry.pages.words.addresses import compare_address, model_address
from scidex.atlas._model_registry.pages.words.identities import identity_facts, was_capped
from scidex.atlas._model_registry.pages.words.numbers import score
from scidex.atlas._model_registry.pages.words.wording import shortened, version_words

_TITLE_LIMIT = 160
_NAME_LIMIT = 72
_SHORTEST_COMMON_START = 12
_FEWEST_TO_COMPARE = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A compared model as tables and sentences name it; ``letter`` stands for it in charts and drawings."""

    id: str
    letter: str
    name: str
    href: str
    is_baseline: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A compared model introduced: identity, score with its cap, badges, what can be done with its column."""

    named: Named
    title: str
    full_title: str | None
    facts: list[str]
    score: str
    capped_from: str | None
    origin: str | None
    warning: str | None
    baseline_href: str | None
    remove_href: str | None


def name_models(comparison: Comparison) -> dict[str, Named]:
    """Give every compared model its letter (A for the first column) and the name it goes by on the page."""
    common = _common_start([model["title"] for model in comparison["models"]])
    return {
        model["id"]: Named(
            id=model["id"],
            letter=ascii_uppercase[column],
            name=titled_version(
                f"…{model['title'][common:]}" if common else model["title"],
                model["version_number"],
                _NAME_LIMIT,
            ),
            href=model_address(model["id"]),
            is_baseline=model["id"] == comparison["baseline"],
        )
        for column, model in enumerate(comparison["models"])
    }


def _common_start(titles: Sequence[str]) -> int:
    """Tell how many characters, in whole words, all titles begin with; 0 where it is not worth leaving them out."""
    length = commonprefix(titles).rfind(" ") + 1  # noqa: RUF071 -- character by character is meant
    return length if length >= _SHORTEST_COMMON_START and len(set(titles)) == len(titles) else 0


def titled_version(title: str, version: int | None, limit: int) -> str:
    """Write a title and its version, the version once where the title ends with it."""
    words = version_words(version)
    short = shortened(title, limit)
    return short if version is None or short.lower().endswith(words) else f"{short} {words}"


def letters(models: Mapping[str, Named], ids: Sequence[str]) -> list[str]:
    """Give the letters of these models in the order of the columns."""
    return [named.letter for model_id, named in models.items() if model_id in ids]


def lettered(text: str, models: Mapping[str, Named]) -> str:
    """Write the letter of each compared model where a sentence names it by its id."""
    # An id that is a plain word may stand for the word.
    ids = sorted((model_id for model_id in models if not model_id.isalpha()), key=len, reverse=True)
    if not ids:
        return text
    pattern = rf"(?<![\w-])(?:{'|'.join(map(re.escape, ids))})(?![\w-])"
    return re.sub(pattern, lambda found: models[found[0]].letter, text)


def model_cards(comparison: Comparison, models: Mapping[str, Named], *, only_differences: bool) -> list[Card]:
    """Introduce every compared model."""
    return [
        _card(model, comparison, models[model["id"]], only_differences=only_differences)
        for model in comparison["models"]
    ]


def _card(model: ModelEntry, comparison: Comparison, named: Named, *, only_differences: bool) -> Card:
    title = shortened(model["title"], _TITLE_LIMIT)
    return Card(
        named=named,
        title=title,
        full_title=model["title"] if title.endswith("…") and title != model["title"] else None,
        facts=identity_facts(model),
        score=score(model["quality_score"]),
        capped_from=score(model["quality_score_stored"]) if was_capped(model) else None,
        origin=model["origin_type"],
        warning=model["provenance_warning"],
        baseline_href=_baseline_href(comparison, named, only_differences=only_differences),
        remove_href=_remove_href(comparison, named, only_differences=only_differences),
    )


def _baseline_href(comparison: Comparison, named: Named, *, only_differences: bool) -> str | None:
    if named.is_baseline:
        return None
    ids = [model["id"] for model in comparison["models"]]
    return compare_address(ids, baseline=named.id, only_differences=only_differences)


def _remove_href(comparison: Comparison, named: Named, *, only_differences: bool) -> str | None:
    ids = [model["id"] for model in comparison["models"] if model["id"] != named.id]
    if len(ids) < _FEWEST_TO_COMPARE:
        return None
    baseline = ids[0] if named.is_baseline else comparison["baseline"]
    return compare_address(ids, baseline=baseline, only_differences=only_differences)
