"""``registry.json`` as plain data, and what tests look up in it."""

import json
from pathlib import Path
from typing import Any, NoReturn, TypeAlias

import scidex.forge.demo

Entry: TypeAlias = dict[str, Any]

_FILE = Path(scidex.forge.demo.__file__).with_name("registry.json")


def _refuse(constant: str) -> NoReturn:
    raise AssertionError(f"{constant} in {_FILE.name}")


DOCUMENT: Entry = json.loads(_FILE.read_text(encoding="utf-8"), parse_constant=_refuse)
ENTRIES: list[Entry] = DOCUMENT["artifacts"]
BY_ID = {entry["id"]: entry for entry in ENTRIES}
MODELS = [entry for entry in ENTRIES if entry["artifact_type"] == "model"]
ANALYSES = [entry for entry in ENTRIES if entry["artifact_type"] == "analysis"]
IDS = [model["id"] for model in MODELS]


def first_of_lineage(model: Entry) -> str:
    """Follow the parents to the id of the first version."""
    return str(model["id"]) if model["parent"] is None else first_of_lineage(BY_ID[model["parent"]])


def metrics(model: Entry) -> dict[str, float]:
    """Return the metrics a model reports."""
    reported: dict[str, float] = model["metadata"]["evaluation_metrics"]
    return reported
