"""A store of MLflow in files: ``mlruns``, with a folder for each experiment, run, dataset and model."""

import math
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from scidex.forge.importers.documents import number, read_text
from scidex.forge.importers.mlflow_description import described
from scidex.forge.importers.mlflow_records import Dataset, LoggedModel, MlflowRun, MlflowVersion
from scidex.forge.importers.refusals import Refused
from scidex.forge.importers.series import MetricSeries
from scidex.forge.importers.yaml_documents import read_yaml

META: Final = "meta.yaml"
_MODELS: Final = "models"
_ID: Final = re.compile(r"[\w-]{1,100}")
_MOST: Final = 100_000
_STATUSES: Final = {1: "RUNNING", 2: "SCHEDULED", 3: "FINISHED", 4: "FAILED", 5: "KILLED"}
_VERSION: Final = re.compile(r"version-([0-9]{1,9})")


class Folder:
    """A store in files; links to folders are not followed."""

    revision = "files"

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._experiments = {
            each.name: _meta(each)
            for each in _folders(folder)
            if each.name not in (_MODELS, ".trash") and _has(each)
        }
        if not self._experiments:
            raise Refused("", "it holds no experiment of MLflow", "name the folder mlruns")

    def run_ids(self) -> list[str]:
        """Return the ids of the runs that were not deleted, oldest first, each after its experiment's id."""
        runs = [
            (_whole(meta.get("start_time")) or 0, f"{experiment}/{folder.name}")
            for experiment in self._experiments
            for folder in _folders(self._folder / experiment)
            if folder.name not in (_MODELS, "datasets") and _has(folder)
            for meta in (_meta(folder),)
            if meta.get("lifecycle_stage", "active") == "active"
        ]
        return [name for _, name in sorted(runs)]

    def run(self, run_id: str) -> MlflowRun:
        """Return a run with all of its content, by its name of :meth:`run_ids` or by its own id."""
        folder = self._folder_of(run_id)
        meta, experiment = _meta(folder), folder.parent
        return MlflowRun(
            id=folder.name,
            name=_text(meta.get("run_name")) or folder.name,
            experiment=_text(self._experiments[experiment.name].get("name")),
            status=_STATUSES.get(_whole(meta.get("status")) or 0, _text(meta.get("status"))),
            started=_whole(meta.get("start_time")),
            ended=_whole(meta.get("end_time")),
            params=_texts(folder / "params"),
            tags=_texts(folder / "tags"),
            series=tuple(_series(folder / "metrics")),
            inputs=tuple(self._inputs(folder)),
            models=tuple(self._models(folder)),
        )

    def versions(self) -> Iterator[MlflowVersion]:
        """Yield the versions of registered models, by name and number."""
        for model in _folders(self._folder / _MODELS):
            found = [
                (int(match[1]), each) for each in _folders(model) if (match := _VERSION.fullmatch(each.name))
            ]
            aliases = _texts(model / "aliases")
            for version, folder in sorted(found):
                meta = _meta(folder)
                yield MlflowVersion(
                    name=_text(meta.get("name")) or model.name,
                    number=version,
                    run_id=_text(meta.get("run_id")),
                    model_id=_text(meta.get("model_id")),
                    description=_text(meta.get("description")),
                    aliases=tuple(
                        alias for alias, number_ in aliases.items() if number_.strip() == str(version)
                    ),
                )

    def _folder_of(self, run_id: str) -> Path:
        experiment, _, name = run_id.rpartition("/")
        places = [experiment] if experiment else list(self._experiments)
        found = [self._folder / each / name for each in places if _ID.fullmatch(name)]
        folder = next((each for each in found if _has(each)), None)
        if folder is None or folder.parent.name not in self._experiments:
            raise Refused(run_id, "there is no such run", "give the whole folder mlruns")
        return folder

    def _inputs(self, folder: Path) -> Iterator[Dataset]:
        for each in _folders(folder / "inputs"):
            link = _meta(each)
            source, tags = _text(link.get("source_id")), link.get("tags")
            place = folder.parent / "datasets" / source
            if link.get("source_type") == "DATASET" and _ID.fullmatch(source) and _has(place):
                meta = {key: _text(value) for key, value in _meta(place).items()}
                yield Dataset(
                    name=meta.get("name", ""),
                    digest=meta.get("digest", ""),
                    source_type=meta.get("source_type", ""),
                    source=meta.get("source", ""),
                    schema=meta.get("schema", ""),
                    profile=meta.get("profile", ""),
                    context=_text(tags.get("mlflow.data.context")) if isinstance(tags, dict) else "",
                )

    def _models(self, folder: Path) -> Iterator[LoggedModel]:
        for each in _folders(folder / "outputs"):
            model = _text(_meta(each).get("destination_id"))
            place = folder.parent / _MODELS / model
            if _ID.fullmatch(model) and _has(place):
                description = described(self._folder, folder.parent.name, model)
                yield LoggedModel(
                    id=model,
                    name=_text(_meta(place).get("name")),
                    description=description,
                    measured_on=dict(_measured_on(place / "metrics")),
                )


def _folders(folder: Path) -> list[Path]:
    if not folder.is_dir() or folder.is_symlink():
        return []
    inside = [each for each, _ in zip(folder.iterdir(), range(_MOST), strict=False)]
    return sorted(each for each in inside if each.is_dir() and not each.is_symlink())


def _has(folder: Path) -> bool:
    return (folder / META).is_file() and not (folder / META).is_symlink()


def _meta(folder: Path) -> Mapping[str, Any]:
    document = read_yaml(folder / META) if _has(folder) else {}
    if not isinstance(document, dict):
        raise Refused(f"{folder.name}/{META}", "it is not an object", "give the file as MLflow wrote it")
    return {str(key): value for key, value in document.items()}


def _files(folder: Path) -> Iterator[tuple[str, Path]]:
    """Yield the files below a folder by name; a name with slashes is a path of folders."""
    if folder.is_dir() and not folder.is_symlink():
        for path, _ in zip(sorted(folder.rglob("*")), range(_MOST), strict=False):
            if path.is_file() and not path.is_symlink():
                yield path.relative_to(folder).as_posix(), path


def _texts(folder: Path) -> dict[str, str]:
    return {name: read_text(path) for name, path in _files(folder)}


def _series(folder: Path) -> Iterator[MetricSeries]:
    """Yield the metrics; a line has time, value and step, and for a model's metrics also the dataset."""
    for name, path in _files(folder):
        series = MetricSeries(name)
        for place, line in enumerate(read_text(path).splitlines(), 1):
            cells = line.split()
            if len(cells) < 2:  # noqa: PLR2004 - time and value
                raise Refused(
                    f"metric {name} line {place}",
                    "it is not a time, a value and a step",
                    "give it as MLflow wrote it",
                )
            step = number(cells[2]) if len(cells) > 2 else 0  # noqa: PLR2004 - the step
            series.add(step if step is not None and math.isfinite(step) else 0, number(cells[1]))
        yield series


def _measured_on(folder: Path) -> Iterator[tuple[str, tuple[str, str]]]:
    """Yield the dataset of each metric of a model: its name and digest, after time, value, step and run."""
    for name, path in _files(folder):
        for line in read_text(path).splitlines():
            cells = line.split()
            if len(cells) > 5:  # noqa: PLR2004 - four other cells, name and digest
                yield name, (" ".join(cells[4:-1]), cells[-1])


def _text(value: object) -> str:
    return "" if value is None else str(value)


def _whole(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None
