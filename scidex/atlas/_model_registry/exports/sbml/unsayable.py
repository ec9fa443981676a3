"""Why a model cannot be said whole in SBML."""

from typing import Final

_SHOWN: Final = 80
_MOST_NAMED: Final = 5


class UnsayableError(Exception):
    """Something of a model has no words in SBML; ``str(error)`` is a sentence without its end."""


def named(texts: list[str]) -> str:
    """Name a few of several texts, each cut to what a sentence can hold."""
    shown = [text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…" for text in texts[:_MOST_NAMED]]
    more = len(texts) - len(shown)
    return ", ".join(shown) + (f" and {more} more" if more > 0 else "")
