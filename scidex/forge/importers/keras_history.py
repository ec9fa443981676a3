"""Keras: ``History.history`` as JSON, or the table of ``CSVLogger``; the architecture in ``model.json`` beside it."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from scidex.forge.importers import digests, keras_model
from scidex.forge.importers.documents import number, read_csv, read_json
from scidex.forge.importers.plan import Glimpse, ImportFormat, LeftOut, PlannedPart, Told
from scidex.forge.importers.refusals import Refused, shown
from scidex.forge.importers.series import MetricSeries, is_metric
from scidex.forge.importers.training_run import Run, plan_of

_HISTORY = re.compile(rb'^\s*\{\s*"[^"]{1,200}"\s*:\s*[\[{]')
_LOSS = re.compile(rb'"[^"]{0,100}loss[^"]{0,100}"\s*:\s*[\[{]')
_MOST_METRICS = 2_000
_WEIGHTS = LeftOut("weights", "the registry describes models; files of weights are never opened")


def recognises(seen: Glimpse) -> bool:
    """Return whether the first bytes are a history: named lists with a loss, or a table with an epoch and a loss."""
    if seen.is_folder:
        return False
    if _HISTORY.match(seen.head) and _LOSS.search(seen.head):
        return True
    header = seen.head.split(b"\n", 1)[0].decode("utf-8", "replace").strip().lower().split(",")
    return "epoch" in header and "step" not in header and any("loss" in name for name in header)


def read(path: Path, told: Told) -> Iterator[PlannedPart]:
    """Yield the plan of the model whose training the history records."""
    series = (
        _series_of_table(path) if path.suffix.lower() in {".csv", ".log", ".txt"} else _series_of_json(path)
    )
    if not any(each.values for each in series):
        raise Refused(path.name, "it holds no number", "save History.history, or log with CSVLogger")
    files, kind, layers = {path.name: path}, None, dict[str, object]()
    if found := keras_model.find_architecture(path.parent):
        files[found[0].name] = found[0]
        kind, layers = keras_model.layers_of(found[0].name, found[1])
    run = Run(
        source=str(path),
        format=FORMAT.name,
        title=f"Model of the history {path.parent.name}/{path.name}",
        content_hash=digests.of_files(files),
        files={name: digests.of_files({name: file}) for name, file in files.items()},
        framework="keras" if found else None,
        architecture=kind,
        layers=layers,
        series=series,
        metric_notes=_splits(series),
        left_out=(_WEIGHTS,) if found and found[0].suffix == ".keras" else (),
    )
    yield plan_of(run, told)


def _series_of_json(path: Path) -> list[MetricSeries]:
    document = read_json(path)
    if not isinstance(document, dict) or not 0 < len(document) <= _MOST_METRICS:
        raise Refused(path.name, "it is not an object of metrics", "save History.history as JSON")
    return [_series(path.name, name, values) for name, values in document.items()]


def _series(place: str, name: str, values: object) -> MetricSeries:
    """Return the values of a list, or of an object by epoch as pandas writes it."""
    series = MetricSeries(name)
    if isinstance(values, list):
        points: list[tuple[object, object]] = list(enumerate(values))
    elif isinstance(values, dict):
        points = list(values.items())
    else:
        raise Refused(f"{place} {name}", f"{shown(values)} is not a list", "give a value for each epoch")
    for epoch, value in points:
        step = number(epoch)
        if step is None:
            raise Refused(
                f"{place} {name}", f"{shown(epoch)} is not an epoch", "name each epoch by its number"
            )
        series.add(step, number(value))
    return series


def _series_of_table(path: Path) -> list[MetricSeries]:
    series: dict[str, MetricSeries] = {}
    for line, cells in read_csv(path):
        epoch = number(cells.get("epoch"))
        if epoch is None:
            given = cells.get("epoch")
            reason = "there is no column epoch" if given is None else f"the epoch is {shown(given)}"
            raise Refused(f"{path.name} line {line}", reason, "write the number of the epoch")
        for name, cell in cells.items():
            if name != "epoch" and name and cell not in ("", "NA"):
                series.setdefault(name, MetricSeries(name)).add(epoch, number(cell))
    return list(series.values())


def _splits(series: list[MetricSeries]) -> dict[str, Mapping[str, object]]:
    """Return declarations of training data for the metrics without a prefix beside those with ``val_``.

    Source: keras.io, the documentation of ``Model.fit``.
    """
    prefixed = ("val_", "test_", "train_")
    names = {each.name for each in series}
    if "loss" not in names or any(name.startswith("train_") for name in names):
        return {}  # not named as in Keras
    bare = (each.name for each in series if each.values and not each.name.startswith(prefixed))
    return {name: {"split": "train"} for name in bare if is_metric(name)}


FORMAT = ImportFormat(name="keras", title="history of Keras as JSON or CSV", recognises=recognises, read=read)
