"""What the compared models are called: the letter each goes by on the page, and who shares something."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from os.path import commonprefix
from string import ascii_uppercase
from typing import Literal

from scidex.atlas._model_registry.contract.answers import Comparison
from scidex.atlas._model_registry.pages.words.addresses import model_address
from scidex.atlas._model_registry.pages.words.wording import listed, shortened, version_words

Share = Literal["all", "some", "one"]

_NAME_LIMIT = 72
_SHORTEST_COMMON_START = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A compared model as tables and sentences name it; ``letter`` stands for it in charts and drawings."""

    id: str
    letter: str
    name: str
    href: str
    is_baseline: bool


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


def share_words(users: list[str], of: int) -> tuple[Share, str]:
    """Say which of the models share something, given the letters of those that have it."""
    if len(users) == of:
        return "all", "shared by all"
    if len(users) > 1:
        return "some", f"shared by {listed(users)}"
    return "one", f"only {listed(users)}"
