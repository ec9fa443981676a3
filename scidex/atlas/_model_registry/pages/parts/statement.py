"""Statements of a page about models, one sentence each."""

from dataclasses import dataclass
from typing import Literal

Tone = Literal["best", "unconfirmed", "refused", "warning", "note"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One sentence; ``word`` names its kind, for readers who see no colour."""

    tone: Tone
    word: str
    text: str
    href: str | None = None
