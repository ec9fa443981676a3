"""What stands against setting values of one metric against each other."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """``comparable`` is False, or None where it cannot be told; ``reason`` is a sentence that names the values.

    ``ranks`` says whether the numbers as they stand still show which is best.
    """

    comparable: bool | None
    reason: str
    ranks: bool


def refused(reason: str) -> Finding:
    """Say that the values do not compare."""
    return Finding(comparable=False, reason=reason, ranks=False)


def undecided(reason: str) -> Finding:
    """Say that nobody can tell whether the values compare."""
    return Finding(comparable=None, reason=reason, ranks=True)


def unranked(reason: str) -> Finding:
    """Say that nobody can tell which value is best or how far apart they are: their scales may differ."""
    return Finding(comparable=None, reason=reason, ranks=False)
