"""Directions in the name of a metric itself: ``FID ↓``, ``score (higher is better)``."""

import re
from typing import Final, Literal

Stated = Literal["lower", "higher"]

UP_ARROWS: Final = "↑⇑⇧⬆↗▲🔺🔼"
DOWN_ARROWS: Final = "↓⇓⇩⬇↘▼🔻🔽"

_MORE = "high(?:er)?|larger|greater|bigger|more|max(?:imum)?"
_LESS = "low(?:er)?|smaller|less|fewer|min(?:imum)?"
_HUMPS = re.compile(r"(?<=[a-z])(?=(?:[A-Z][a-z]+)?(?:Is)?Better\b)")


def without_statement(text: str) -> tuple[str, Stated | None]:
    """Return a name without its stated direction, and the direction; None where it states none or both."""
    text = _HUMPS.sub(" ", text)
    higher, lower = bool(_HIGHER.search(text)), bool(_LOWER.search(text))
    text = _LOWER.sub(" ", _HIGHER.sub(" ", text))
    return text, None if higher == lower else "higher" if higher else "lower"


def _statement(arrows: str, word: str, ways: str, others: str, goal: str) -> re.Pattern[str]:
    """Match an arrow, also in LaTeX or HTML, ``X is better``, the other way ``is worse``, or a goal in brackets."""
    between = r"(?:[ _,=-]+(?:is|the))?[ _=-]+"
    return re.compile(
        rf"(?:[{arrows}]|\$?\\{word}arrow\$?|&{word[0]}arr;)\ufe0f?(?:[ _]*(?:is[ _])?better\b)?"
        rf"|(?<![^\W_])(?:the[ _])?(?:{ways}){between}(?:better|good)(?![^\W_])"
        rf"|(?<![^\W_])(?:the[ _])?(?:{others}){between}(?:worse|bad)(?![^\W_])"
        rf"|[(\[|,:;]\s*(?:to\s+(?:be\s+)?)?{goal}i[sz]ed?\s*(?:[)\]|]|$)",
        re.IGNORECASE,
    )


_HIGHER = _statement(UP_ARROWS, "up", _MORE, _LESS, "maxim")
_LOWER = _statement(DOWN_ARROWS, "down", _LESS, _MORE, "minim")
