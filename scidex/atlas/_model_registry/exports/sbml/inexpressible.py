"""Why SBML cannot express the whole of a model."""

from typing import Final

_SHOWN: Final = 80
_MOST_NAMED: Final = 5


class InexpressibleError(Exception):
    """SBML cannot express something of a model; ``str(error)`` is a sentence without its full stop."""


def quoted(texts: list[str]) -> str:
    """Return the first few of several texts, quoted and cut for a sentence."""
    shown = [text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…" for text in texts[:_MOST_NAMED]]
    more = len(texts) - len(shown)
    return ", ".join(shown) + (f" and {more} more" if more > 0 else "")
