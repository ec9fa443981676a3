"""The declared provenance of a model: names in metadata, and links to the registered ones."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from scidex.atlas._artifact_registry import fields
from scidex.atlas._artifact_registry.errors import InvalidArtifact, gather
from scidex.atlas._artifact_registry.plain_json import Json
from scidex.atlas._artifact_registry.records import Link
from scidex.atlas._artifact_registry.rows import FoundArtifact
from scidex.atlas._artifact_registry.vocabulary import DATASET_TYPES, id_prefix, spellings


@dataclass(frozen=True, slots=True)
class _OriginKind:
    """An argument, its metadata key and its link type, and the types that are evidence of it."""

    argument: str
    key: str
    link_type: str
    types: tuple[str, ...]

    def spellings(self, name: str) -> tuple[str, ...]:
        return spellings(name, id_prefix(self.types[0]))


_ORIGINS = (
    _OriginKind("trained_on", "trained_on_dataset_id", "trained_on", DATASET_TYPES),
    _OriginKind("produced_by", "produced_by_analysis_id", "produced_by", ("analysis",)),
    _OriginKind("tests", "tests_hypothesis_id", "tests", ("hypothesis",)),
)


@dataclass(frozen=True, slots=True)
class OriginClaims:
    """The names given for each argument, registered or not."""

    names: Mapping[str, tuple[str, ...]]

    def candidates(self) -> list[str]:
        """Return every id that one of the names may mean."""
        claimed = ((origin, name) for origin in _ORIGINS for name in self.names[origin.argument])
        return sorted({spelling for origin, name in claimed for spelling in origin.spellings(name)})


def claims(arguments: Mapping[str, object], metadata: Mapping[str, Json]) -> OriginClaims:
    """Return the names in the arguments ``trained_on``, ``produced_by`` and ``tests`` and in the metadata.

    Raises:
        InvalidArtifact: a name is not an id, or argument and metadata disagree.

    """
    checks = {
        origin.argument: partial(_names, origin, arguments[origin.argument], metadata) for origin in _ORIGINS
    }
    return OriginClaims(gather(**checks))


def settle(
    said: OriginClaims, metadata: Mapping[str, Json], registered: Iterable[FoundArtifact]
) -> tuple[dict[str, Json], tuple[Link, ...]]:
    """Return the metadata with the claims, and links for those that name an artifact of a fitting type.

    A name in another spelling is replaced by the id that it means. A name that is not registered, or is of another
    type, stays as it is, and the verdict reports it.
    """
    types = {artifact.id: artifact.artifact_type for artifact in registered}
    settled, links = dict(metadata), list[Link]()
    for origin in _ORIGINS:
        found = {name: _evidence(origin, name, types) for name in said.names[origin.argument]}
        settled |= _entry(origin.key, [found[name] or name for name in found])
        links += [Link(target, origin.link_type) for target in found.values() if target is not None]
    return settled, tuple(links)


def _names(origin: _OriginKind, argument: object, metadata: Mapping[str, Json]) -> tuple[str, ...]:
    path = f"metadata.{origin.key}"
    given, written = fields.names(origin.argument, argument), fields.names(path, metadata.get(origin.key))
    if given and written and set(given) != set(written):
        raise InvalidArtifact(
            path, list(written), f"{origin.argument} names {list(given)}; say it in one place only"
        )
    return given or written


def _evidence(origin: _OriginKind, name: str, types: Mapping[str, str]) -> str | None:
    fitting = (spelling for spelling in origin.spellings(name) if types.get(spelling) in origin.types)
    return next(fitting, None)


def _entry(key: str, names: Sequence[str]) -> dict[str, Json]:
    distinct: list[Json] = list(dict.fromkeys(names))
    if not distinct:
        return {}
    return {key: distinct[0] if len(distinct) == 1 else distinct}
