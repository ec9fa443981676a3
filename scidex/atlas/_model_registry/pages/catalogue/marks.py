"""The words of a line that a search found, to be marked."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

_WORD = re.compile(r"[^\W_]+")
_POSSESSIVE = re.compile(
    r"(?<=[^\s'\u2019])['\u2019][sS](?![^\s,.;:!?()])"
)  # as searches read it (reading.sql)
# Searches look for stems; English endings have at most this many letters.
_SHORTEST_STEM, _LONGEST_ENDING = 5, 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A part of a text; ``hit`` if a search found it."""

    text: str
    hit: bool = False


def marked(text: str, words: str) -> list[Piece]:
    """Return a text in pieces; words that begin like one of the searched ``words`` are pieces with ``hit``."""
    sought = [_plain(word) for word in _WORD.findall(_POSSESSIVE.sub("", words))]
    return list(_pieces(text, sought)) if sought else [Piece(text=text)]


def _pieces(text: str, sought: list[str]) -> Iterator[Piece]:
    behind = 0
    for match in _WORD.finditer(text):
        if any(_is_begun(_plain(match[0]), word) for word in sought):
            if match.start() > behind:
                yield Piece(text=text[behind : match.start()])
            yield Piece(text=match[0], hit=True)
            behind = match.end()
    if behind < len(text):
        yield Piece(text=text[behind:])


def _is_begun(word: str, sought: str) -> bool:
    stem = sought[: max(_SHORTEST_STEM, len(sought) - _LONGEST_ENDING)]
    return word.startswith(sought if len(sought) <= _SHORTEST_STEM or not sought.isascii() else stem)


def _plain(word: str) -> str:
    decomposed = unicodedata.normalize("NFKD", word)
    return "".join(char for char in decomposed if not unicodedata.combining(char)).lower()
