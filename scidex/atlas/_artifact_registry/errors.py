"""What the write side refuses, in its own words. Nothing has been written when one of these is raised."""

import reprlib

_LONGEST_VALUE = 80


class ArtifactRegistryError(Exception):
    """Something the caller should read; ``field`` is the argument it is about, by its path."""

    def __init__(self, field: str, message: str) -> None:
        self.field = field
        super().__init__(message)


class InvalidArtifact(ArtifactRegistryError, ValueError):
    """A value cannot be registered; ``field`` may be ``quality_score`` or ``metadata.parameters.k.value``."""

    def __init__(self, field: str, value: object, advice: str) -> None:
        super().__init__(field, f"{field} is {shown(value)}: {advice}")


class ArtifactNotFound(ArtifactRegistryError, LookupError):
    """No artifact has the id."""

    def __init__(self, field: str, artifact_id: str) -> None:
        self.artifact_id = artifact_id
        super().__init__(field, f"{field} is {shown(artifact_id)}: no such artifact; register it first")


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
    """Other writers were in the way each time it was tried; the same call may succeed in a new transaction."""

    def __init__(self) -> None:
        advice = "nothing was written; try again in a new transaction"
        super().__init__("conn", f"other transactions were writing the same artifacts: {advice}")


def shown(value: object) -> str:
    """Show a value in a message: on one line, cut to a readable length, whatever it is."""
    brief = reprlib.Repr()
    brief.maxstring = brief.maxother = brief.maxlong = _LONGEST_VALUE
    try:
        return brief.repr(value)
    except ValueError:  # an integer of more digits than Python is willing to print
        return f"a value of type {type(value).__name__}"
