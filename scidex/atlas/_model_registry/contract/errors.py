"""The registry's own errors. ``web/errors.py`` maps each to an HTTP status."""

from collections.abc import Sequence

# Characters of an id that a message repeats.
_SHOWN = 200


class RegistryError(Exception):
    """An error for the caller; ``str(error)`` is a sentence for a person."""

    code = "registry_error"


class ModelNotFound(RegistryError):
    """No model has the id; ``missing`` holds every id without a model."""

    code = "model_not_found"

    def __init__(self, missing: Sequence[str]) -> None:
        self.missing = list(missing)
        named = ", ".join(repr(name if len(name) <= _SHOWN else f"{name[:_SHOWN]}…") for name in self.missing)
        noun = "model has the id" if len(self.missing) == 1 else "models have the ids"
        super().__init__(f"no {noun} {named}; look it up in the list of models")


class NotAModel(ModelNotFound):
    """The id leads to an artifact of another type."""

    code = "not_a_model"

    def __init__(self, artifact_id: str, artifact_type: str) -> None:
        super().__init__([artifact_id])
        self.artifact_type = artifact_type
        self.args = (f"{artifact_id!r} is not a model but an artifact of type {artifact_type!r}",)


class ArtifactNotFound(RegistryError):
    """No artifact of any type has the id."""

    code = "artifact_not_found"

    def __init__(self, artifact_id: str) -> None:
        self.missing = [artifact_id]
        shown = artifact_id if len(artifact_id) <= _SHOWN else f"{artifact_id[:_SHOWN]}…"
        super().__init__(f"no artifact has the id {shown!r}; ids are taken as they are written")


class InvalidQuery(RegistryError):
    """A query parameter has a value that cannot be used."""

    code = "invalid_query"

    def __init__(self, parameter: str, value: str, message: str) -> None:
        self.parameter = parameter
        self.value = value
        super().__init__(message)


class RegistryUnavailable(RegistryError):
    """The database cannot answer now: it is unreachable, out of connections, or slower than the statement timeout."""

    code = "database_unavailable"


class RegistryNotInstalled(RegistryError):
    """The registry's own objects are missing from the database."""

    code = "registry_not_installed"
