"""Small stores of MLflow of our own: two runs, of which one is registered twice over, and one that failed."""

import json
import sqlite3
from pathlib import Path

LAYOUT = "6953534de441"
_TABLES = """
CREATE TABLE alembic_version (version_num TEXT);
CREATE TABLE experiments (experiment_id INTEGER, name TEXT);
CREATE TABLE runs (run_uuid TEXT, name TEXT, status TEXT, start_time BIGINT, end_time BIGINT, lifecycle_stage TEXT,
    experiment_id INTEGER);
CREATE TABLE params (key TEXT, value TEXT, run_uuid TEXT);
CREATE TABLE tags (key TEXT, value TEXT, run_uuid TEXT);
CREATE TABLE metrics (key TEXT, value FLOAT, timestamp BIGINT, run_uuid TEXT, step BIGINT, is_nan BOOLEAN);
CREATE TABLE datasets (dataset_uuid TEXT, name TEXT, digest TEXT, dataset_source_type TEXT, dataset_source TEXT,
    dataset_schema TEXT, dataset_profile TEXT);
CREATE TABLE inputs (input_uuid TEXT, source_type TEXT, source_id TEXT, destination_type TEXT, destination_id TEXT);
CREATE TABLE input_tags (input_uuid TEXT, name TEXT, value TEXT);
CREATE TABLE logged_models (model_id TEXT, experiment_id INTEGER, name TEXT, creation_timestamp_ms BIGINT,
    lifecycle_stage TEXT, source_run_id TEXT);
CREATE TABLE model_versions (name TEXT, version INTEGER, description TEXT, current_stage TEXT, source TEXT,
    run_id TEXT);
CREATE TABLE logged_model_metrics (model_id TEXT, metric_name TEXT, metric_timestamp_ms BIGINT, metric_step BIGINT,
    dataset_name TEXT, dataset_digest TEXT);
CREATE TABLE registered_model_aliases (alias TEXT, version INTEGER, name TEXT);
"""
_SCHEMA = json.dumps(
    {"mlflow_colspec": [{"type": "double", "name": "dose"}, {"type": "double", "name": "effect"}]}
)
_SOURCE = json.dumps({"uri": "https://me:secret@example.org/d.csv", "token": "secret"})
_COMMIT = "0a1b2c3d4e5f60718293a4b5c6d7e8f901234567"
TAGS = {
    "mlflow.source.git.commit": _COMMIT,
    "mlflow.source.git.repoURL": "https://me:secret@example.org/a/b.git",
    "mlflow.source.name": "/folder/of/somebody/fit.py",
    "mlflow.user": "somebody",
    "mlflow.note.content": "Dose and effect.",
    "estimator_class": "sklearn.linear_model._ridge.Ridge",
    "estimator_name": "Ridge",
    "stage": "pilot",
}
MLMODEL = """flavors:
  python_function: {loader_module: mlflow.sklearn}
  sklearn: {sklearn_version: 1.9.1}
signature:
  inputs: '[{"type": "double", "name": "dose"}]'
  outputs: '[{"type": "double", "name": "effect"}]'
"""


def database(folder: Path, layout: str = LAYOUT) -> Path:
    """Write a store in SQLite with the signature of its first model beside it."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "mlflow.db"
    with sqlite3.connect(path) as store:
        store.executescript(_TABLES)
        _fill(store, layout)
    store.close()
    _write_model(folder / "mlruns" / "1" / "models" / "m-1" / "artifacts")
    return path


def _write_model(target: Path) -> None:
    target.mkdir(parents=True)
    (target / "MLmodel").write_text(MLMODEL)


def _fill(store: sqlite3.Connection, layout: str) -> None:
    def add(table: str, *rows: tuple[object, ...]) -> None:
        for row in rows:
            store.execute(f"INSERT INTO {table} VALUES ({', '.join('?' * len(row))})", row)  # noqa: S608 - our own names

    add("alembic_version", (layout,))
    add("experiments", (1, "doses"))
    add("runs", ("r1", "first", "FINISHED", 1_700_000_000_000, 1_700_000_060_000, "active", 1))
    add("runs", ("r2", "second", "FINISHED", 1_700_000_100_000, 1_700_000_160_000, "active", 1))
    add("runs", ("r3", "third", "FAILED", 1_700_000_200_000, None, "active", 1))
    add("runs", ("r4", "gone", "FINISHED", 1_700_000_300_000, None, "deleted", 1))
    add("runs", ("r5", "bare", "FINISHED", 1_700_000_400_000, None, "active", 1))
    add("params", ("alpha", "0.1", "r1"), ("solver", "auto", "r1"), ("alpha", "0.2", "r2"))
    add("tags", *((key, value, "r1") for key, value in TAGS.items()))
    add("metrics", *(("val_loss", 1 / (step + 1), step, "r1", step, 0) for step in range(4)))
    add(
        "metrics",
        ("val_loss", 0.0, 4, "r1", 4, 1),
        ("test_r2", 0.5, 4, "r2", 0, 0),
        ("test_r2", 0.9, 0, "r5", 0, 0),
    )
    add("metrics", ("odds", 1.7976931348623157e308, 4, "r2", 0, 0))
    add("datasets", ("d1", "doses", "144be020", "http", _SOURCE, _SCHEMA, '{"num_rows": 7}'))
    add("datasets", ("d2", "later doses", "255cf131", "local", "", "", ""))
    add("inputs", ("i1", "DATASET", "d1", "RUN", "r1"), ("i2", "DATASET", "d1", "RUN", "r2"))
    add("inputs", ("i3", "DATASET", "d2", "RUN", "r1"))
    add("input_tags", *((name, "mlflow.data.context", "training") for name in ("i1", "i2")))
    add("input_tags", ("i3", "mlflow.data.context", "eval"))
    add("logged_models", ("m-1", 1, "model", 1, None, "r1"), ("m-2", 1, "model", 2, "active", "r2"))
    add("logged_model_metrics", ("m-1", "val_loss", 1, 3, "later doses", "255cf131"))
    add("logged_model_metrics", ("m-2", "test_r2", 1, 0, "other doses", "00000000"))
    add("registered_model_aliases", ("champion", 2, "effect"), ("first try", 1, "effect"))
    add("model_versions", ("effect", 1, None, "None", "models:/m-1", "r1"))
    add("model_versions", ("effect", 2, "A larger penalty.", "None", "models:/m-2", "r2"))
    add("model_versions", ("effect", 3, None, "None", "models:/m-9", "r9"))


def folder_store(folder: Path) -> Path:
    """Write a store in files: one run with an input, a logged model and a registered version."""
    root = folder / "mlruns"
    files = {
        "1/meta.yaml": "experiment_id: '1'\nname: doses\nlifecycle_stage: active\n",
        "1/r1/meta.yaml": "run_id: r1\nrun_name: first\nstatus: 3\nstart_time: 1700000000000\nlifecycle_stage: active\n"
        "experiment_id: '1'\n",
        "1/r1/params/alpha": "0.1",
        "1/r1/metrics/val/loss": "1700000000000 1.0 0\n1700000000001 0.5 1\n1700000000002 nan 2\n",
        "1/r1/inputs/i1/meta.yaml": "source_id: d1\nsource_type: DATASET\ntags: {mlflow.data.context: training}\n",
        "1/r1/outputs/m-1/meta.yaml": "destination_id: m-1\n",
        "1/datasets/d1/meta.yaml": "name: doses\ndigest: 144be020\nsource_type: local\nsource: '{}'\n",
        "1/models/m-1/metrics/val/loss": "1700000000000 0.5 1 r1 doses 144be020\n",
        "models/effect/aliases/champion": "1",
        "1/models/m-1/meta.yaml": "model_id: m-1\nname: model\n",
        "models/effect/meta.yaml": "name: effect\n",
        "models/effect/version-1/meta.yaml": "name: effect\nversion: 1\nrun_id: r1\nmodel_id: m-1\n",
        **{f"1/r1/tags/{key}": value for key, value in TAGS.items()},
    }
    for name, content in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(content)
    _write_model(root / "1" / "models" / "m-1" / "artifacts")
    return root
