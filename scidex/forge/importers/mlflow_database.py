"""A store of MLflow in SQLite, of a known layout, opened for reading only."""

import re
import sqlite3
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any, Final

from scidex.forge.importers.documents import number
from scidex.forge.importers.mlflow_description import described
from scidex.forge.importers.mlflow_records import Dataset, LoggedModel, MlflowRun, MlflowVersion
from scidex.forge.importers.refusals import Refused, shown
from scidex.forge.importers.series import MetricSeries

MAGIC: Final = b"SQLite format 3\0"
_OWN: Final = frozenset({"alembic_version", "experiments", "runs", "params", "tags"})
_NEEDED: Final = _OWN | {"metrics", "inputs", "input_tags", "datasets", "logged_models", "model_versions"}
# The layouts of MLflow 3.0 to 3.17, by the last migration of each
# (github.com/mlflow/mlflow, mlflow/store/db_migrations/versions).
_REVISIONS: Final = frozenset({
    "6953534de441", "bda7b8c39065", "cbc13b556ace", "770bee3ae1dd", "a1b2c3d4e5f6", "de4033877273",
    "1a0cddfcaa16", "534353b11cbc", "71994744cf8e", "3da73c924c2f", "bf29a5ff90ea", "1bd49d398cd23",
    "b7c8d9e0f1a2", "5d2d30f0abce", "c9d4e5f6a7b8", "2c33131f4dae", "d3e4f5a6b7c8", "d0e1f2a3b4c5",
    "c8d9e0f1a2b3", "1b5f0d9ad7c1", "e1f2a3b4c5d6", "76601a5f987d", "c3d6457b6d8a", "a5b4c3d2e1f0",
    "ae8bbe7743c9", "7d34483879f0", "da6fb0208061", "89d3d66ed43f", "b7e4c1a90f23", "a8b9c0d1e2f3",
    "c1d2e3f4a5b6", "c3d9e7f1a2b4", "6f8d9c3b2a1e", "1971f2d9a75b", "17e22815139b", "b7e2c1a4d9f3",
    "75868b020152", "dc11669786a5",
})  # fmt: skip  # one entry per line would be too long to survey
_MOST_BYTES_OF_A_VALUE: Final = 4 * 2**20
_MOST_RUNS: Final = 100_000
_MOST_POINTS: Final = 1_000_000
_SECONDS: Final = 60
_MODEL_URI: Final = re.compile(r"models:/(m-[\w-]+)")
_UPGRADE: Final = "upgrade it with a release of MLflow 3 (mlflow db upgrade), or export its runs"


def is_store(path: Path) -> bool:
    """Return whether a file of SQLite has the tables of MLflow since its first release."""
    try:
        with _connected(path) as connection:
            tables = {str(name) for (name,) in connection.execute(_statements()["tables"])}
    except Refused:
        return False
    return tables >= _OWN


@contextmanager
def opened(path: Path) -> Iterator["MlflowDatabase"]:
    """Lend an open store.

    Raises:
        Refused: it is not a store of MLflow 3, has an unknown layout, or is damaged.

    """
    with _connected(path) as connection:
        yield MlflowDatabase(connection, path.parent)


@contextmanager
def _connected(path: Path) -> Iterator[sqlite3.Connection]:
    try:
        connection = sqlite3.connect(_address(path), uri=True, timeout=5, isolation_level=None)
    except sqlite3.Error as error:
        raise Refused("", f"SQLite cannot open it: {error}", "give the file that MLflow writes") from None
    try:
        _bound(connection)
        yield connection
    except (sqlite3.Error, OverflowError, UnicodeDecodeError) as error:
        raise Refused("", f"SQLite cannot read it: {error}", "give a sound copy of the store") from None
    finally:
        connection.close()


def _address(path: Path) -> str:
    """Return the address that opens a store without any write, even beside it; a write-ahead log is read too."""
    is_written = any(path.with_name(f"{path.name}{end}").exists() for end in ("-wal", "-journal"))
    return f"{path.resolve().as_uri()}?mode=ro{'' if is_written else '&immutable=1'}"


def _bound(connection: sqlite3.Connection) -> None:
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _MOST_BYTES_OF_A_VALUE)
    connection.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
    connection.execute("PRAGMA trusted_schema = off")
    connection.execute("PRAGMA cell_size_check = on")
    connection.execute("PRAGMA query_only = on")


class MlflowDatabase:
    """A store in SQLite; each statement may take at most a minute."""

    def __init__(self, connection: sqlite3.Connection, folder: Path) -> None:
        self._connection, self._folder = connection, folder
        self._tables = tables = {name for (name,) in self._rows("tables")}
        if not tables >= _NEEDED:
            lost = ", ".join(sorted(_NEEDED - tables))
            raise Refused("", f"it lacks the tables {lost} of MLflow 3", _UPGRADE)
        revisions = [str(name) for (name,) in self._rows("revision")]
        self.revision = revisions[0] if len(revisions) == 1 else "unknown"
        if self.revision not in _REVISIONS:
            raise Refused(
                "alembic_version",
                f"the layout {shown(self.revision)} is not one of MLflow 3.0 to 3.17",
                _UPGRADE,
            )

    def run_ids(self) -> list[str]:
        """Return the ids of the runs that were not deleted, oldest first."""
        found = [str(run) for (run,) in self._rows("run_ids")]
        if len(found) > _MOST_RUNS:
            raise Refused("runs", f"there are more than {_MOST_RUNS:,}", "export a smaller part of the store")
        return found

    def run(self, run_id: str) -> MlflowRun:
        """Return a run with all of its content."""
        rows = self._rows("run", run_id)
        if not rows:
            raise Refused(
                "runs", f"{shown(run_id)} belongs to no experiment", "give a sound copy of the store"
            )
        _, name, experiment, experiment_id, status, started, ended = rows[0]
        return MlflowRun(
            id=run_id,
            name=_text(name) or run_id,
            experiment=_text(experiment),
            status=_text(status),
            started=_whole(started),
            ended=_whole(ended),
            params={_text(key): _text(value) for key, value in self._rows("params", run_id)},
            tags={_text(key): _text(value) for key, value in self._rows("tags", run_id)},
            series=self._series(run_id),
            inputs=tuple(_dataset(row) for row in self._rows("inputs", run_id)),
            models=tuple(self._models(run_id, _text(experiment_id))),
        )

    def _models(self, run_id: str, experiment: str) -> Iterator[LoggedModel]:
        for model, name in self._rows("models", run_id):
            description = described(self._folder, experiment, _text(model))
            yield LoggedModel(
                id=_text(model),
                name=_text(name),
                description=description,
                measured_on=self._measured_on(_text(model)),
            )

    def _measured_on(self, model: str) -> dict[str, tuple[str, str]]:
        """Return the dataset of each metric, the last one if there are several."""
        rows = self._rows("measured", model) if "logged_model_metrics" in self._tables else []
        return {_text(metric): (_text(name), _text(digest)) for metric, name, digest in rows}

    def versions(self) -> Iterator[MlflowVersion]:
        """Yield the versions of registered models, by name and number."""
        aliases = self._aliases()
        for name, version, run, source, description in self._rows("versions"):
            model = _MODEL_URI.fullmatch(_text(source))
            yield MlflowVersion(
                name=_text(name),
                number=_whole(version) or 0,
                run_id=_text(run),
                model_id=model[1] if model else "",
                description=_text(description),
                aliases=tuple(aliases.get((name, version), ())),
            )

    def _aliases(self) -> dict[tuple[object, object], list[str]]:
        """Return the aliases of each version, by name and number."""
        found: dict[tuple[object, object], list[str]] = {}
        for name, version, alias in (
            self._rows("aliases") if "registered_model_aliases" in self._tables else ()
        ):
            found.setdefault((name, version), []).append(_text(alias))
        return found

    def _series(self, run_id: str) -> tuple[MetricSeries, ...]:
        rows = self._rows("metrics", run_id)
        if len(rows) > _MOST_POINTS:
            raise Refused(f"metrics of {run_id}", f"more than {_MOST_POINTS:,} points", "log fewer points")
        found: dict[str, MetricSeries] = {}
        for key, step, value, is_nan in rows:
            series = found.setdefault(_text(key), MetricSeries(_text(key)))
            series.add(number(step) or 0, None if is_nan else _finite(value))
        return tuple(found.values())

    def _rows(self, name: str, run_id: str | None = None) -> list[tuple[Any, ...]]:
        until = time.monotonic() + _SECONDS
        self._connection.set_progress_handler(lambda: time.monotonic() > until, 100_000)
        return self._connection.execute(_statements()[name], {"run": run_id}).fetchall()


@cache
def _statements() -> Mapping[str, str]:
    parts = Path(__file__).with_name("mlflow_store.sql").read_text(encoding="utf-8").split("-- name: ")[1:]
    return {name.strip(): text for name, _, text in (part.partition("\n") for part in parts)}


def _finite(value: object) -> float | None:
    """Return a number; None for the largest double, which MLflow stores for infinity."""
    read = number(value)
    return None if read is None or abs(read) >= sys.float_info.max else read


def _dataset(row: tuple[Any, ...]) -> Dataset:
    keys = ("name", "digest", "source_type", "source", "schema", "profile", "context")
    return Dataset(**dict(zip(keys, map(_text, row), strict=True)))


def _text(value: object) -> str:
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    return "" if value is None else str(value)


def _whole(value: object) -> int | None:
    return value if isinstance(value, int) else None
