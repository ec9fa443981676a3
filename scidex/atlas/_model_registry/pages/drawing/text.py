"""Text cut, or broken into lines, to the width of a box."""

from functools import lru_cache
from itertools import accumulate
from unicodedata import east_asian_width

_WIDE, _CAPITAL = 2.0, 1.3  # average letters


def fitting(text: str, columns: int) -> str:
    """Return a text cut to the width of ``columns`` average letters."""
    line = " ".join(text.split())
    kept = _fit(line, columns)
    return line if kept == len(line) else f"{line[: _fit(line, columns - 1)].rstrip()}…"


def broken(text: str, columns: int, lines: int = 3) -> list[str]:
    """Return a text in a few lines of ``columns`` average letters, broken between words where possible."""
    line = " ".join(text.split())
    kept = _fit(line, columns)
    if kept == len(line) or lines == 1:
        return [fitting(line, columns)]
    space = line.rfind(" ", columns // 3, kept + 1)
    cut = space if space > 0 else kept
    return [line[:cut].rstrip(), *broken(line[cut:], columns, lines - 1)]


def text_width(text: str) -> float:
    """Return the width of a text in average letters; capitals are wider, East Asian characters twice as wide."""
    return sum(map(_width, text))


def _fit(line: str, columns: int) -> int:
    """Return how many characters fit into the columns."""
    if len(line) * (_CAPITAL if line.isascii() else _WIDE) < columns:
        return len(line)  # even if all were the widest
    ends = accumulate(map(_width, line))
    return next((index for index, end in enumerate(ends) if end > columns), len(line))


@lru_cache(maxsize=4096)
def _width(character: str) -> float:
    return _WIDE if east_asian_width(character) in "WF" else _CAPITAL if character.isupper() else 1.0
