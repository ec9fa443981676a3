"""What a store of MLflow holds, however it is kept: runs, their inputs, logged models, and versions by name."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from scidex.forge.importers.series import MetricSeries

FINISHED = "FINISHED"


@dataclass(frozen=True, slots=True, kw_only=True)
class Dataset:
    """An input of a run; ``digest`` is MLflow's own of its content, ``context`` what the run used it for."""

    name: str
    digest: str
    source_type: str = ""
    source: str = ""
    schema: str = ""
    profile: str = ""
    context: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LoggedModel:
    """A model that a run logged; ``description`` is its MLmodel file where that can be read.

    ``measured_on`` says of metrics on which dataset they were computed, by its name and digest.
    """

    id: str
    name: str
    description: Mapping[str, object] = field(default_factory=dict)
    measured_on: Mapping[str, tuple[str, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class MlflowRun:
    """A run that was not deleted. Times are milliseconds since 1970, None where it did not say."""

    id: str
    name: str
    experiment: str
    status: str
    started: int | None
    ended: int | None
    params: Mapping[str, str]
    tags: Mapping[str, str]
    series: tuple[MetricSeries, ...]
    inputs: tuple[Dataset, ...]
    models: tuple[LoggedModel, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MlflowVersion:
    """A version of a registered model: of the logged model, else of the run, that it names."""

    name: str
    number: int
    run_id: str
    model_id: str
    description: str = ""
    aliases: tuple[str, ...] = ()


class Store(Protocol):
    """A store that is open for reading."""

    @property
    def revision(self) -> str:
        """Name the layout of the store."""

    def run_ids(self) -> list[str]:
        """Return the ids of the runs that were not deleted, the oldest first."""

    def run(self, run_id: str) -> MlflowRun:
        """Return a run whole."""

    def versions(self) -> Iterator[MlflowVersion]:
        """Yield the versions of registered models, by name and number."""
