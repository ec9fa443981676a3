"""MLflow 3: the runs of a store, in SQLite or in a folder ``mlruns``, with their inputs and registered versions."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import groupby, islice
from pathlib import Path
from typing import Final

from scidex.forge.importers import mlflow_model as planned
from scidex.forge.importers.mlflow_database import MAGIC, is_store, opened
from scidex.forge.importers.mlflow_folder import META, Folder
from scidex.forge.importers.mlflow_inputs import datasets
from scidex.forge.importers.mlflow_records import FINISHED, LoggedModel, MlflowRun, MlflowVersion, Store
from scidex.forge.importers.plan import (
    Glimpse,
    ImportFormat,
    LeftOut,
    Missing,
    Plan,
    PlannedArtifact,
    PlannedModel,
    PlannedPart,
    Told,
)
from scidex.forge.importers.refusals import Refused

_LOOKED_AT: Final = 100
_EXPERIMENT: Final = b"experiment_id:"
_FILES: Final = LeftOut(
    "model files, plots and other logged files", "they are never opened; of MLmodel the signature is read"
)
_REGISTRY: Final = LeftOut("stages and tags of registered models", "they change; MLflow keeps them")
_ACCOUNTS: Final = LeftOut("the user and the folders of the program", "they name a person's machine")


def _recognises(seen: Glimpse) -> bool:
    if seen.is_folder:
        inside = islice((seen.path / name / META for name in sorted(seen.names)), _LOOKED_AT)
        return any(path.is_file() and _is_experiment(path) for path in inside)
    return seen.head.startswith(MAGIC) and is_store(seen.path)


def _is_experiment(path: Path) -> bool:
    with path.open("rb") as meta:
        head = meta.read(4096)
    return _EXPERIMENT in head and b"run_id:" not in head


def _read(path: Path, told: Told) -> Iterator[PlannedPart]:
    """Yield a plan for each registered model with its versions, then one for each other model."""
    with _opened(path) as store:
        reading = _Reading(store, str(path), told)
        for name, versions in groupby(store.versions(), key=lambda each: each.name):
            yield from reading.lineage(name, list(versions))
        for run_id in store.run_ids():
            yield from reading.rest(run_id)


@contextmanager
def _opened(path: Path) -> Iterator[Store]:
    if path.is_dir():
        yield Folder(path)
    else:
        with opened(path) as database:
            yield database


@dataclass(slots=True)
class _Reading:
    """Reads one store; ``taken`` holds the logged models and runs that are already in a plan."""

    store: Store
    source: str
    told: Told
    taken: set[str] = field(default_factory=set)

    def lineage(self, name: str, versions: list[MlflowVersion]) -> Iterator[PlannedPart]:
        """Yield the plan of a registered model: its versions in order, with their runs."""
        source, artifacts, models = (
            f"{self.source}: {name}",
            dict[str, PlannedArtifact](),
            list[PlannedModel](),
        )
        missing, left_out = dict[Missing, None](), [_REGISTRY]
        try:
            for version in versions:
                run, logged, reason = self._of(version)
                if run is None:
                    left_out.append(LeftOut(f"version {version.number} of {name}", reason))
                    continue
                artifacts |= {each.artifact_id: each for each in self._artifacts(run)}
                parent = models[-1].artifact_id if models else None
                models.append(planned.model(run, logged, version, parent, self.told))
                left_out += planned.not_finite(run)
                missing |= dict.fromkeys(planned.missing(run, logged, self.told))
        except Refused as refusal:
            yield Refused(f"{name} {refusal.place}", refusal.reason, refusal.remedy)
            return
        if models:
            yield self._plan(source, artifacts.values(), models, missing, left_out)

    def rest(self, run_id: str) -> Iterator[PlannedPart]:
        """Yield the plans of a run's models that are not versions; a run without models is one model itself."""
        try:
            run = self.store.run(run_id)
            for logged in run.models or (None,):
                if (key := logged.id if logged else run.id) in self.taken:
                    continue
                _refuse_unfinished(run)
                self.taken.add(key)
                model = planned.model(run, logged, None, None, self.told)
                missing = dict.fromkeys(planned.missing(run, logged, self.told))
                yield self._plan(
                    f"{self.source}: {run.name}",
                    self._artifacts(run),
                    [model],
                    missing,
                    [*planned.not_finite(run)],
                )
        except Refused as refusal:
            yield Refused(f"run {run_id} {refusal.place}".strip(), refusal.reason, refusal.remedy)

    def _of(self, version: MlflowVersion) -> tuple[MlflowRun | None, LoggedModel | None, str]:
        """Return the run and the logged model of a version, or why it has none."""
        try:
            run = self.store.run(version.run_id)
        except Refused as refusal:
            return None, None, refusal.reason
        logged = next((each for each in run.models if each.id == version.model_id), None)
        if logged is None and len(run.models) == 1:  # registered by its run's address
            logged = run.models[0]
        if (key := logged.id if logged else run.id) in self.taken:
            return None, None, "an earlier version is the same model"
        self.taken.add(key)
        return run, logged, ""

    def _artifacts(self, run: MlflowRun) -> list[PlannedArtifact]:
        own = [] if self.told.analysis else [planned.analysis(run, self.told)]
        return [*datasets(run, self.told), *own]

    def _plan(
        self,
        source: str,
        artifacts: Iterable[PlannedArtifact],
        models: list[PlannedModel],
        missing: Iterable[Missing],
        left_out: list[LeftOut],
    ) -> Plan:
        return Plan(
            source=source,
            format=FORMAT.name,
            artifacts=tuple(artifacts),
            models=tuple(models),
            left_out=(_FILES, _ACCOUNTS, *left_out),
            missing=tuple(missing),
        )


def _refuse_unfinished(run: MlflowRun) -> None:
    if run.status != FINISHED:
        raise Refused("", f"its status is {run.status or 'not known'}", "finish the run, and import again")
    if not (run.models or run.series or run.params):
        raise Refused("", "it logged no model, metric or parameter", "delete the run, or log what it found")


FORMAT: Final = ImportFormat(name="mlflow", title="MLflow 3 store", recognises=_recognises, read=_read)
