"""Which values of a metric are better."""

from typing import Literal

Direction = Literal["lower", "higher", "target", "neutral", "unknown"]
