"""The headline metric of a model, as its evaluations give it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundHeadline:
    """The interval of a model's headline metric, in the unit in which the model reports it; None where there is none.

    ``metric`` is the reported name, None where no evaluation gives it. ``contradicted`` names the reported metrics
    that evaluations contradict. ``units_are`` is what the units are called, such as participants.
    """

    metric: str | None = None
    low: float | None = None
    high: float | None = None
    rows: int | None = None
    units: int | None = None
    units_are: str | None = None
    agrees: bool | None = None
    contradicted: tuple[str, ...] = ()


NOTHING_FOUND = FoundHeadline()
