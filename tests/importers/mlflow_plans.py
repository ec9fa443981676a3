"""What is planned of a store of MLflow, as it is or changed."""

import sqlite3
from pathlib import Path

from scidex.forge.importers import BY_NAME, Plan, PlannedPart, Told

MLFLOW = BY_NAME["mlflow"]


def read(path: Path, told: Told | None = None) -> list[PlannedPart]:
    """Return what a store holds."""
    return list(MLFLOW.read(path, told or Told()))


def plans(path: Path) -> list[Plan]:
    """Return the plans alone."""
    return [part for part in read(path) if isinstance(part, Plan)]


def changed(path: Path, statement: str) -> Path:
    """Change a store in SQLite."""
    with sqlite3.connect(path) as store:
        store.executescript(statement)
    store.close()
    return path
