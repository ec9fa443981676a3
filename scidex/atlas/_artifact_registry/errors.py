"""The errors of the write side. Nothing has been written when one of them is raised."""

import reprlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Self

from typing_extensions import override

_LONGEST_VALUE = 80
_MOST_SHOWN = 20
NO_SUCH_ARTIFACT = "no such artifact; register it first"


@dataclass(frozen=True, slots=True)
class Fault:
    """A value that cannot be registered: its place, and what to write instead."""

    field: str
    value: object
    advice: str

    @override
    def __str__(self) -> str:
        return f"{self.field} is {shown(self.value)}: {self.advice}"


class ArtifactRegistryError(Exception):
    """An error for the caller; ``field`` is the path of the argument that it is about."""

    def __init__(self, field: str, message: str) -> None:
        self.field = field
        super().__init__(message)


class InvalidArtifact(ArtifactRegistryError, ValueError):
    """Values cannot be registered. ``faults`` holds all of them, ``field`` is the path of the first."""

    def __init__(self, field: str, value: object, advice: str, *others: Fault) -> None:
        self.faults = (Fault(field, value, advice), *others)
        super().__init__(field, _listed(self.faults))

    @classmethod
    def of(cls, first: Fault, *others: Fault) -> Self:
        """Return one error with several faults."""
        return cls(first.field, first.value, first.advice, *others)


class ArtifactNotFound(ArtifactRegistryError, LookupError):
    """No artifact has the id. ``faults`` holds every name in the call without a fitting artifact."""

    def __init__(self, field: str, artifact_id: str, *others: Fault) -> None:
        self.artifact_id = artifact_id
        self.faults = (Fault(field, artifact_id, NO_SUCH_ARTIFACT), *others)
        super().__init__(field, _listed(self.faults))


class ArtifactExists(ArtifactRegistryError):
    """The id is taken."""

    def __init__(self, artifact_id: str) -> None:
        self.artifact_id = artifact_id
        advice = "an artifact has this id already; choose another, or create a version of that one"
        super().__init__("artifact_id", f"artifact_id is {shown(artifact_id)}: {advice}")


class VersionTagTaken(ArtifactRegistryError):
    """Another version of the lineage carries the tag; ``holder`` is its id."""

    def __init__(self, tag: str, holder: str) -> None:
        self.tag = tag
        self.holder = holder
        advice = "of the same lineage carries this tag; choose another, or give that one another first"
        super().__init__("tag", f"tag is {shown(tag)}: {shown(holder)} {advice}")


class WriteConflict(ArtifactRegistryError):
    """Other writers were in the way at each attempt; the same call may succeed in a new transaction."""

    def __init__(self) -> None:
        advice = "nothing was written; try again in a new transaction"
        super().__init__("conn", f"other transactions were writing the same artifacts: {advice}")


def refuse(faults: Iterable[Fault]) -> None:
    """Raise one InvalidArtifact with the first fault of each path, if there are faults."""
    by_path: dict[str, Fault] = {}
    for fault in faults:
        by_path.setdefault(fault.field, fault)
    if by_path:
        raise InvalidArtifact.of(*by_path.values())


def gather(**checks: Callable[[], object]) -> dict[str, Any]:
    """Return the results of all checks, by name.

    Raises:
        InvalidArtifact: with the faults of all of them.

    """
    results, faults = {}, list[Fault]()
    for name, check in checks.items():
        try:
            results[name] = check()
        except InvalidArtifact as refusal:
            faults += refusal.faults
    refuse(faults)
    return results


def shown(value: object) -> str:
    """Return a value as text for a message: on one line, cut to a readable length."""
    brief = reprlib.Repr()
    brief.maxstring = brief.maxother = brief.maxlong = _LONGEST_VALUE
    try:
        return brief.repr(value)
    except ValueError:  # an integer with more digits than Python prints
        return f"a value of type {type(value).__name__}"


def _listed(faults: tuple[Fault, ...]) -> str:
    lines = list(map(str, faults[:_MOST_SHOWN]))
    if len(faults) > _MOST_SHOWN:
        lines.append(f"and {len(faults) - _MOST_SHOWN} more")
    return "\n".join(lines)
