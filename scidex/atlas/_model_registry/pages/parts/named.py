"""The names of compared models: the letter of each on the page, and words for those that share something."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from os.path import commonprefix
from string import ascii_uppercase
from typing import Literal

from scidex.atlas._model_registry.contract.answers import Comparison, MetricRow, ModelEntry
from scidex.atlas._model_registry.entries.findings import worded
from scidex.atlas._model_registry.entries.sentences import listed
from scidex.atlas._model_registry.pages.words.addresses import model_address
from scidex.atlas._model_registry.pages.words.wording import shortened, version_words

Share = Literal["all", "some", "one"]

_NAME_LIMIT = 72
_SHORTEST_COMMON_START = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A compared model as tables and sentences name it; charts and drawings use its ``letter``."""

    id: str
    letter: str
    name: str
    href: str
    is_baseline: bool


def name_models(comparison: Comparison) -> dict[str, Named]:
    """Return the letter (A for the first column) and the name on the page of every compared model, by id."""
    return {
        model["id"]: Named(
            id=model["id"],
            letter=ascii_uppercase[column],
            name=name,
            href=model_address(model["id"]),
            is_baseline=model["id"] == comparison["baseline"],
        )
        for column, (model, name) in enumerate(
            zip(comparison["models"], _names(comparison["models"]), strict=True)
        )
    }


def _names(models: Sequence[ModelEntry]) -> list[str]:
    """Return models' titles and versions; where two are equal, with their ids."""
    common = _common_start([model["title"] for model in models])
    titles = [f"…{model['title'][common:]}" if common else model["title"] for model in models]
    names = [
        titled_version(title, model["version_number"], _NAME_LIMIT)
        for title, model in zip(titles, models, strict=True)
    ]
    return [
        name if names.count(name) == 1 else f"{name} ({shortened(model['id'], _NAME_LIMIT)})"
        for name, model in zip(names, models, strict=True)
    ]


def _common_start(titles: Sequence[str]) -> int:
    """Return the length of the titles' common beginning in whole words; 0 where it is too short to leave out."""
    length = commonprefix(titles).rfind(" ") + 1  # noqa: RUF071 -- by characters, not by parts of paths
    return length if length >= _SHORTEST_COMMON_START and len(set(titles)) == len(titles) else 0


def titled_version(title: str, version: int | None, limit: int) -> str:
    """Return a title and its version, once where the title ends with it."""
    words = version_words(version)
    short = shortened(title, limit)
    return short if version is None or short.lower().endswith(words) else f"{short} {words}"


def letters(models: Mapping[str, Named], ids: Sequence[str]) -> list[str]:
    """Return the letters of these models in the order of the columns."""
    return [named.letter for model_id, named in models.items() if model_id in ids]


def reason_of(row: MetricRow, models: Mapping[str, Named], metric: str | None = None) -> str | None:
    """Return the finding on a metric in words, with its name or ``metric``, and with the letters of the models."""
    finding = row.get("finding")
    names = {model_id: named.letter for model_id, named in models.items()}
    return worded(finding, metric or row["name"], names) if finding else None


def share_words(users: list[str], of: int) -> tuple[Share, str]:
    """Return which of the models share something, given the letters of those that have it."""
    if len(users) == of:
        return "all", "shared by all"
    if len(users) > 1:
        return "some", f"shared by {listed(users)}"
    return "one", f"only {listed(users)}"
