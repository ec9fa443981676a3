"""Rows that the host's tables accept and no writer should have written: deep documents, odd ids, times, long graphs."""

import json
from collections.abc import Mapping

from psycopg import Connection, sql

from tests.registry import rows

# More than Python's recursion limit, less than where PostgreSQL refuses to parse it (its stack holds about 6,000).
DEPTH = 4_000
MEGABYTES = 5


def nested(depth: int, core: str = "1") -> str:
    """Write lists in lists."""
    return "[" * depth + core + "]" * depth


def nested_objects(depth: int, core: str = "1") -> str:
    """Write objects in objects."""
    return '{"a":' * depth + core + "}" * depth


_WIDE = json.dumps(["x" * 1000] * (MEGABYTES * 1000))

_DEEP_KEYS = (
    "trained_on_dataset_id",
    "evaluation_metrics",
    "metric_metadata",
    "parameters",
    "equations",
    "architecture",
    "training_config",
    "reactions",
)
# Metadata as JSON text, by what is wrong with it, and what of it must be named as unreadable.
_METADATA: Mapping[str, tuple[str, list[str]]] = {
    "list": ("[1, 2]", ["metadata"]),
    "number": ("5", ["metadata"]),
    "text": ('"text"', ["metadata"]),
    "null": ("null", ["metadata"]),
    "true": ("true", ["metadata"]),
    "deep-lists": (nested(DEPTH), ["metadata"]),
    "deep-objects": (nested_objects(DEPTH), ["metadata"]),
    **{
        f"deep-{key}": (f'{{"model_family": "biophysical", "{key}": {nested_objects(DEPTH)}}}', ["metadata"])
        for key in _DEEP_KEYS
    },
    "numbers-as-text": (
        '{"evaluation_metrics": {"rmse": "0.5", "auc": " 1"}, "parameter_count": "12"}',
        ["metadata.evaluation_metrics.rmse", "metadata.evaluation_metrics.auc", "metadata.parameter_count"],
    ),
    "beyond-doubles": (
        '{"evaluation_metrics": {"rmse": 1e400, "auc": -1e400}, "parameter_count": 1e400}',
        ["metadata.evaluation_metrics.rmse", "metadata.evaluation_metrics.auc", "metadata.parameter_count"],
    ),
    "digits": (
        f'{{"evaluation_metrics": {{"rmse": {"9" * 100_000}}}, "parameters": {{"k": 0.{"1" * 16_000}}}}}',
        ["metadata.evaluation_metrics.rmse"],
    ),
}
# Text that should be JSON in model_versions, where nothing but Python's parser bounds it.
_IN_VERSIONS = ["model_versions.eval_metrics_json", "model_versions.training_params_json"]
_TEXTS: Mapping[str, tuple[str, list[str]]] = {
    "too-deep": (nested(100_000), _IN_VERSIONS),
    "surrogates": ('{"rmse": 0.5, "\\ud800": 1, "note": "\\udfff", "nul": "\\u0000"}', _IN_VERSIONS[:1]),
    "constants": (
        '{"rmse": NaN, "auc": Infinity, "r2": -Infinity, "aic": 1e400, "bic": 1.5, "rmse_of_text": "1"}',
        [f"{_IN_VERSIONS[0]}.{name}" for name in ("rmse", "auc", "r2", "aic", "rmse_of_text")],
    ),
}
_HEAVY_METADATA: Mapping[str, tuple[str, list[str]]] = {
    "list": ("[1, 2]", ["metadata"]),
    "five-megabytes": (
        f'{{"architecture": {_WIDE}, "parameters": {nested_objects(DEPTH, _WIDE)}}}',
        ["metadata"],
    ),
    "five-flat-megabytes": (f'{{"architecture": {_WIDE}, "training_config": {{"all": {_WIDE}}}}}', []),
}
_HEAVY_TEXTS: Mapping[str, tuple[str, list[str]]] = {
    "five-deep-megabytes": (nested_objects(DEPTH, _WIDE), _IN_VERSIONS),
}

MODELS = {f"model-{name}": unreadable for name, (_, unreadable) in {**_METADATA, **_TEXTS}.items()}
HEAVY = {f"model-{name}": unreadable for name, (_, unreadable) in {**_HEAVY_METADATA, **_HEAVY_TEXTS}.items()}
DATASETS = [f"dataset-{name}" for name in _METADATA]

# Ids that no path can hold: a folder, and the registry's own addresses.
IDS_IN_QUERY = [".", "compare", "assets/registry.css"]
IDS = [
    "model-a/b",
    "model-/",
    "model-//x",
    "model-..",
    "model-../../etc",
    "model-%",
    "model-%2F",
    "model-%252F",
    'model-"quoted"',
    "model-it's",
    "model-two words",
    " model- ",
    "model-a,b",
    "model-a&b=c",
    "model-a+b",
    "model-a;b",
    "model-a?b#c",
    "model-<b>",
    "model-é",
    "model-Ελλάδα",
    "model-漢字",
    "model-עברית",
    "model-\N{RIGHT-TO-LEFT OVERRIDE}x",
    "model-👩‍🔬",
    "model-\t\n\r",
    "model-\x7f\x1b[2J",
    "model-" + "long" * 240,
    "model-{{7*7}}",
    "model-$(id)`id`",
    "model-' OR 1=1 --",
    "=cmd()",
    "javascript:alert(1)",
    "//evil.example/x",
    "\\evil",
    "",
    *IDS_IN_QUERY,
]

TIMES = {
    "1969": "1969-07-20T20:17:40Z",
    "year-1": "0001-01-01T00:00:00Z",
    "bc": "0044-03-15T12:00:00Z BC",
    "oldest": "4713-01-01 BC",
    "10000": "10000-01-01T00:00:00Z",
    "newest": "294276-12-31 23:59:59.999999Z",
    "infinity": "infinity",
    "minus-infinity": "-infinity",
}


# Graphs of ten thousand artifacts, and whether the bound of 12 steps and 400 nodes cuts them.
GRAPHS = {"model-star": True, "model-chain": True, "model-ring": True, "model-dense": False}
_NUMBER = 10_000


def dataset_of(model_id: str) -> str:
    """Name the dataset of one of ``IDS``; that of a folder's name is another folder's."""
    return ".." if model_id == "." else f"dataset of {model_id}"


def write_broken_rows(conn: Connection) -> None:
    """Write every kind of broken row but the heavy ones."""
    _write(conn, _METADATA, _TEXTS)
    for model_id in IDS:
        rows.model(conn, model_id, {"evaluation_metrics": {model_id: 1}}, title=f"titled {model_id}")
        rows.dataset(conn, dataset_of(model_id))
        rows.link(conn, model_id, dataset_of(model_id), "trained_on")
    for name, moment in TIMES.items():
        rows.model(conn, f"model-of-{name}", created_at=moment)
        rows.dataset(conn, f"dataset-of-{name}", created_at=moment)
        rows.link(conn, f"model-of-{name}", f"dataset-of-{name}", "trained_on", created_at=moment)
    deep = "UPDATE artifact_links SET evidence = %s::jsonb WHERE source_artifact_id = 'model-text'"
    conn.execute(deep, [nested(DEPTH)])


def write_heavy_rows(conn: Connection) -> None:
    """Write models whose documents take five megabytes each."""
    _write(conn, _HEAVY_METADATA, _HEAVY_TEXTS)


def write_large_graphs(conn: Connection) -> None:
    """Write models that depend on ten thousand datasets, side by side, one behind the other, in a ring, all on all."""
    for shape in ("star", "chain", "ring"):
        _datasets(conn, shape, _NUMBER)
    _datasets(conn, "dense", 100)
    for shape in GRAPHS:
        rows.analysis(conn, f"analysis-{shape[6:]}")
        rows.model(conn, shape, {"evaluation_metrics": {"rmse": 1}, "model_family": "statistical"})
        rows.link(conn, shape, f"analysis-{shape[6:]}", "produced_by")
        rows.link(conn, shape, f"dataset-{shape[6:]}-0", "trained_on")
    rows.traceable_model(conn, "model-small")
    for source, target, relation, condition in (
        ("'analysis-star'", "'dataset-star-' || a", "cites", "b = 0"),
        ("'model-star'", "'dataset-star-' || a", "derives_from", "b = 0"),
        ("'dataset-chain-' || a", "'dataset-chain-' || a + 1", "derives_from", "b = 0"),
        ("'dataset-ring-' || a", "'dataset-ring-' || (a + 1) % 10000", "derives_from", "b = 0"),
        ("'dataset-dense-' || a", "'dataset-dense-' || b", "derives_from", "a < 100"),
    ):
        statement = (
            "INSERT INTO artifact_links (source_artifact_id, target_artifact_id, link_type)"
            " SELECT {}, {}, {} FROM generate_series(0, 9999) AS a, generate_series(0, 99) AS b WHERE {}"
        )
        parts = (sql.SQL(source), sql.SQL(target), sql.Literal(relation), sql.SQL(condition))
        conn.execute(sql.SQL(statement).format(*parts))
    conn.execute("ANALYZE")


def _datasets(conn: Connection, shape: str, number: int) -> None:
    conn.execute(
        "INSERT INTO artifacts (id, artifact_type, title)"
        " SELECT 'dataset-' || %(shape)s || '-' || a, 'dataset', 'Number ' || a FROM generate_series(0, %(last)s) AS a",
        {"shape": shape, "last": number - 1},
    )


def _write(
    conn: Connection,
    metadata: Mapping[str, tuple[str, list[str]]],
    texts: Mapping[str, tuple[str, list[str]]],
) -> None:
    for name, (document, _) in metadata.items():
        for kind in ("model", "dataset"):
            conn.execute(
                "INSERT INTO artifacts (id, artifact_type, title, metadata) VALUES (%s, %s, %s, %s::jsonb)",
                [f"{kind}-{name}", kind, name, document],
            )
        rows.link(conn, f"model-{name}", f"dataset-{name}", "trained_on")
    for name, (text, _) in texts.items():
        rows.model(conn, f"model-{name}")
        rows.model_version(conn, f"model-{name}", training_params_json=text, eval_metrics_json=text)
