"""What stands against setting values of one metric against each other."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """``comparable`` is False, or None where it cannot be told; ``reason`` is a sentence that names the values."""

    comparable: bool | None
    reason: str


def refused(reason: str) -> Finding:
    """Say that the values do not compare."""
    return Finding(comparable=False, reason=reason)


def undecided(reason: str) -> Finding:
    """Say that nobody can tell whether the values compare."""
    return Finding(comparable=None, reason=reason)
