"""What rests on an artifact, downstream."""

from collections.abc import Mapping
from dataclasses import dataclass

from scidex.atlas._model_registry.records.provenance import StandingRecord
from scidex.atlas._model_registry.records.states import State


@dataclass(frozen=True, slots=True, kw_only=True)
class Dependent:
    """An artifact that rests on another; ``before`` is the next one on its way there.

    ``artifact_type`` is None where it is not registered.
    """

    id: str
    artifact_type: str | None
    depth: int
    before: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DependentModel:
    """A model that rests on an artifact, as a list shows it; other artifacts have no family and score."""

    id: str
    title: str
    version_number: int
    is_latest: bool
    family: str | None
    quality_score: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ImpactSource:
    """The artifact that is asked about; without a type it is not registered, and has no state of its own.

    ``standing`` is None where it is not registered or was not asked for.
    """

    id: str
    artifact_type: str | None
    title: str | None
    version_number: int | None
    is_latest: bool | None
    state: State | None
    standing: StandingRecord | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """All that rests on an artifact, nearest first, then by id; ``goes_on`` says that more lies beyond the steps."""

    artifact: ImpactSource
    touched: tuple[Dependent, ...]
    goes_on: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ReachPage:
    """How many artifacts of each type rest on one (under None those that are not registered), and some of them.

    ``at_least`` tells how many rest on it at least where they were too many to walk; the rest is of nearer steps.
    ``paths`` lead from the models of a page to the artifact; ``nearest`` are those of any type, nearest first.
    """

    artifact: ImpactSource
    counts: Mapping[str | None, int]
    paths: tuple[tuple[str, ...], ...]
    nearest: tuple[Dependent, ...]
    goes_on: bool
    at_least: int | None
