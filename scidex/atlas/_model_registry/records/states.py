"""The states of an artifact version (docs/impact.md)."""

from typing import Final, Literal

State = Literal["sound", "outdated", "disputed", "retracted"]

# From the best to the worst.
STATES: Final[tuple[State, ...]] = ("sound", "outdated", "disputed", "retracted")
