"""Weights & Biases: the folder of a run, with ``wandb-summary.json`` and ``config.yaml``."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from scidex.forge.importers import digests
from scidex.forge.importers.documents import number, read_json
from scidex.forge.importers.plan import Glimpse, ImportFormat, LeftOut, PlannedPart, Told
from scidex.forge.importers.refusals import Refused, shown
from scidex.forge.importers.series import is_metric
from scidex.forge.importers.training_run import Run, plan_of, without_credentials
from scidex.forge.importers.yaml_documents import read_yaml

_SUMMARY, _CONFIG, _MACHINE = "wandb-summary.json", "config.yaml", "wandb-metadata.json"
# run-20240131_094512-3k1x9f2a, or offline-run-… if it was never uploaded.
_FOLDER = re.compile(r"(?:offline-)?run-\d{8}_\d{6}-(?P<id>[A-Za-z0-9_-]{1,100})")
_MOST_METRICS = 5_000
_PERSONAL = LeftOut("host, user, e-mail and paths in wandb-metadata.json", "they name a person's machine")
_HISTORY = LeftOut("the history of the metrics", "it stands in a binary log of W&B's own, which is not read")


def recognises(seen: Glimpse) -> bool:
    """Return whether a folder has a run's summary, itself or in ``files``."""
    return seen.is_folder and (
        _SUMMARY in seen.names or ("files" in seen.names and _summary(seen.path).is_file())
    )


def _summary(folder: Path) -> Path:
    return folder / "files" / _SUMMARY


def read(path: Path, told: Told) -> Iterator[PlannedPart]:
    """Yield the plan of the run's model."""
    inner = path / "files" if _summary(path).is_file() else path
    present = {name: inner / name for name in (_SUMMARY, _CONFIG, _MACHINE) if (inner / name).exists()}
    if _SUMMARY not in present:
        raise Refused(_SUMMARY, "there is no such file in the folder", "name the folder of a run: run-…")
    files = {name: present[name] for name in (_SUMMARY, _CONFIG) if name in present}
    settings, framework = _settings(present[_CONFIG]) if _CONFIG in present else ({}, None)
    machine = _mapping(_MACHINE, read_json(present[_MACHINE])) if _MACHINE in present else {}
    metrics, left_out = _metrics(_mapping(_SUMMARY, read_json(present[_SUMMARY])))
    found = _FOLDER.fullmatch(path.name) or _FOLDER.fullmatch(path.parent.name)
    name = None if found is None else found["id"]
    yield plan_of(
        Run(
            source=str(path),
            format=FORMAT.name,
            title=f"W&B run {name or path.name}",
            content_hash=digests.of_files(files),
            files={each: digests.of_files({each: file}) for each, file in files.items()},
            name=name,
            framework=framework,
            hyperparameters=settings,
            further_metrics=metrics,
            left_out=(_HISTORY, *left_out, *((_PERSONAL,) if machine else ())),
            **_code(machine),
        ),
        told,
    )


def _mapping(place: str, document: object) -> Mapping[str, Any]:
    if not isinstance(document, dict):
        raise Refused(place, f"{shown(document)} is not an object", "give the file as W&B wrote it")
    return document


def _settings(path: Path) -> tuple[Mapping[str, object], str | None]:
    """Return the configuration without W&B's wrapping, and the framework that W&B detected."""
    document = read_yaml(path)
    wrapped = {} if document is None else _mapping(path.name, document)
    values = {str(key): _unwrapped(value) for key, value in wrapped.items()}
    own = values.pop("_wandb", None)
    framework = own.get("framework") if isinstance(own, dict) else None
    values.pop("wandb_version", None)
    return values, framework if isinstance(framework, str) and framework.strip() else None


def _unwrapped(value: object) -> object:
    return (
        value["value"]
        if isinstance(value, dict) and set(value) <= {"desc", "value"} and "value" in value
        else value
    )


def _metrics(summary: Mapping[str, Any]) -> tuple[dict[str, float], list[LeftOut]]:
    """Return the numbers of a summary by name, and its other content; ``{"min": 0.1}`` of loss is loss.min."""
    flat: dict[str, object] = {}
    for name, value in summary.items():
        if isinstance(value, dict) and "_type" not in value:
            flat |= {f"{name}.{key}": each for key, each in value.items()}
        else:
            flat[name] = value
    shown_names = {name: value for name, value in flat.items() if not name.startswith("_") and name.strip()}
    numbers = {name: number(value) for name, value in shown_names.items() if not isinstance(value, str)}
    metrics = {name: value for name, value in numbers.items() if value is not None and is_metric(name)}
    if len(metrics) > _MOST_METRICS:
        raise Refused(_SUMMARY, f"more than {_MOST_METRICS} metrics", "log fewer to the summary")
    others = sorted(set(shown_names) - set(metrics))
    left_out = [
        LeftOut(
            f"{', '.join(others[:10])}{', …' if others[10:] else ''} of the summary",
            "no finite numbers of metrics",
        )
    ]
    return metrics, left_out if others else []


def _code(machine: Mapping[str, Any]) -> dict[str, Any]:
    git = machine.get("git") if isinstance(machine.get("git"), dict) else {}
    program, commit, started = machine.get("codePath"), (git or {}).get("commit"), machine.get("startedAt")
    return {
        "code_repo": without_credentials((git or {}).get("remote")),
        "code_commit": commit if isinstance(commit, str) and commit.strip() else None,
        "entrypoint": program if isinstance(program, str) and program.strip() else None,
        "started_at": _moment(started),
    }


def _moment(value: object) -> str | None:
    """Return a time in UTC; W&B writes UTC, in older releases without the zone."""
    if not isinstance(value, str) or not re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?Z?", value):
        return None
    return value[:26].removesuffix("Z") + "Z"


FORMAT = ImportFormat(name="wandb", title="folder of a W&B run", recognises=recognises, read=read)
