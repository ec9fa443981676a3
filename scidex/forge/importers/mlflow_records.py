"""The content of a store of MLflow of any kind: runs, their inputs, logged models, and versions by name."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from scidex.forge.importers.series import MetricSeries

FINISHED = "FINISHED"


@dataclass(frozen=True, slots=True, kw_only=True)
class Dataset:
    """An input of a run; ``digest`` is MLflow's digest of its content, ``context`` its use in the run."""

    name: str
    digest: str
    source_type: str = ""
    source: str = ""
    schema: str = ""
    profile: str = ""
    context: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LoggedModel:
    """A model that a run logged; ``description`` is its MLmodel file if that can be read.

    ``measured_on`` holds name and digest of the dataset of metrics, by metric.
    """

    id: str
    name: str
    description: Mapping[str, object] = field(default_factory=dict)
    measured_on: Mapping[str, tuple[str, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class MlflowRun:
    """A run that was not deleted. Times are milliseconds since 1970, None where they are missing."""

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
    """A version of a registered model: the logged model that it names, else the run."""

    name: str
    number: int
    run_id: str
    model_id: str
    description: str = ""
    aliases: tuple[str, ...] = ()


class Store(Protocol):
    """A store, open for reading."""

    @property
    def revision(self) -> str:
        """The layout of the store."""

    def run_ids(self) -> list[str]:
        """Return the ids of the runs that were not deleted, oldest first."""

    def run(self, run_id: str) -> MlflowRun:
        """Return a run with all of its content."""

    def versions(self) -> Iterator[MlflowVersion]:
        """Yield the versions of registered models, by name and number."""
