"""Names joined as in a sentence."""

from collections.abc import Sequence


def listed(words: Sequence[str]) -> str:
    """Return words joined as in a sentence: "a, b and c"."""
    if len(words) < 2:  # noqa: PLR2004 -- one word needs no "and"
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"


def listed_briefly(words: Sequence[str], most: int = 12) -> str:
    """Return words joined as in a sentence, beyond ``most`` only their number: "a, b and 198 more"."""
    beyond = len(words) - most
    return listed(words if beyond <= 1 else [*words[:most], f"{beyond:,} more"])
