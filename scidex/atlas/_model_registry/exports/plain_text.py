"""Text of any author, for formats in which lines and control characters have a meaning."""

import unicodedata

# Controls, unassigned and private characters; joiners of scripts and emoji (Cf) are part of words.
_NO_TEXT = frozenset({"Cc", "Cs", "Cn"})


def one_line(text: str) -> str:
    """Return text on one line, without control characters; runs of space become one."""
    kept = (" " if unicodedata.category(char) in _NO_TEXT else char for char in text)
    return " ".join("".join(kept).split())
