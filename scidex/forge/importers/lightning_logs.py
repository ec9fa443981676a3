"""Lightning: a version's folder of ``CSVLogger``, with ``metrics.csv`` and ``hparams.yaml``."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from scidex.forge.importers import digests
from scidex.forge.importers.documents import number, read_csv
from scidex.forge.importers.plan import Glimpse, ImportFormat, LeftOut, PlannedPart, Told
from scidex.forge.importers.refusals import Refused, shown
from scidex.forge.importers.series import MetricSeries
from scidex.forge.importers.training_run import Run, plan_of
from scidex.forge.importers.yaml_documents import read_yaml

_METRICS, _SETTINGS = "metrics.csv", "hparams.yaml"
_COUNTERS = ("step", "epoch")


def recognises(seen: Glimpse) -> bool:
    """Return whether a folder has a metrics.csv, or a file is one, with step and epoch."""
    if seen.is_folder:
        return {_METRICS, _SETTINGS} <= seen.names
    header = seen.head.split(b"\n", 1)[0].decode("utf-8", "replace").strip().split(",")
    return set(_COUNTERS) <= set(header)


def read(path: Path, told: Told) -> Iterator[PlannedPart]:
    """Yield the plan of the model whose training the folder records."""
    folder = path if path.is_dir() else path.parent
    metrics = folder / _METRICS if path.is_dir() else path
    settings = folder / _SETTINGS
    files = {each.name: each for each in (metrics, settings) if each.exists()}
    if metrics.name not in files:
        raise Refused(_METRICS, "there is no such file in the folder", "log with CSVLogger")
    series = _series(metrics)
    if not any(each.values for each in series):
        raise Refused(_METRICS, "it holds no number of a metric", "log metrics with self.log")
    run = Run(
        source=str(path),
        format=FORMAT.name,
        title=f"Lightning model of {folder.parent.name}/{folder.name}",
        content_hash=digests.of_files(files),
        files={name: digests.of_files({name: file}) for name, file in files.items()},
        framework="lightning" if settings.exists() else None,
        hyperparameters=_settings(settings) if settings.exists() else {},
        series=series,
        left_out=tuple(_left_out(folder)),
    )
    yield plan_of(run, told)


def _settings(path: Path) -> Mapping[str, object]:
    document = read_yaml(path)
    if document is None:
        return {}
    if not isinstance(document, dict):
        raise Refused(path.name, f"{shown(document)} is not a mapping", "save hyperparameters by their names")
    return {str(name): value for name, value in document.items()}


def _series(path: Path) -> list[MetricSeries]:
    """Return the metrics of a table whose rows have a cell for a metric only where it was logged."""
    series: dict[str, MetricSeries] = {}
    for count, (_, cells) in enumerate(read_csv(path)):
        counted = (number(cells.get(counter)) for counter in _COUNTERS)
        step = next((each for each in counted if each is not None), count)
        for name, cell in cells.items():
            if name and name not in _COUNTERS and cell:
                series.setdefault(name, MetricSeries(name)).add(step, number(cell))
    return list(series.values())


def _left_out(folder: Path) -> Iterator[LeftOut]:
    if any(folder.glob("checkpoints/*.ckpt")):
        yield LeftOut("checkpoints", "files of weights may run code as they are opened, so they are not")
    if any(folder.glob("events.out.tfevents*")):
        yield LeftOut("TensorBoard's event files", "metrics.csv says the same")


FORMAT = ImportFormat(
    name="lightning", title="folder of Lightning's CSVLogger", recognises=recognises, read=read
)
