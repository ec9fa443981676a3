"""One row that is large, deep or long, in each way that a host can write one."""

from collections.abc import Callable
from typing import Any, LiteralString

import psycopg

Write = Callable[[psycopg.Connection[Any]], None]


def _sql(statement: LiteralString) -> Write:
    def write(conn: psycopg.Connection[Any]) -> None:
        conn.execute(statement)

    return write


def _deepest(conn: psycopg.Connection[Any]) -> None:
    """Register the deepest document that the server takes, in each place that the judge and a search read."""
    for depth in range(20_000, 1_000, -200):
        deep = '{"a":[' * (depth // 2) + "1" + "]}" * (depth // 2)
        document = ",".join(
            f'"{key}": [{deep}]' for key in ("trained_on_dataset_id", "equations", "evaluation_metrics")
        )
        try:
            with conn.transaction():
                conn.execute(
                    "INSERT INTO artifacts (id, artifact_type, title, metadata)"
                    " VALUES ('model-large', 'model', 'T', %s)",
                    [f"{{{document}}}"],
                )
        except psycopg.errors.StatementTooComplex:
            continue
        return


def _documented(document: LiteralString) -> Write:
    return _sql(
        "INSERT INTO artifacts (id, artifact_type, title, metadata) VALUES ('model-large', 'model', 'T', "  # noqa: S608  documents of this file
        + document
        + ")"
    )


def _many(entries: LiteralString, links: LiteralString) -> dict[str, tuple[Write, list[str]]]:
    """Return rows with so many metrics, names of datasets and links; more than are read."""
    return {
        "metrics": (
            _documented(
                "(SELECT jsonb_build_object('evaluation_metrics', jsonb_object_agg('m' || i, i))"  # noqa: S608  numbers of this file
                " FROM generate_series(1, " + entries + ") AS i)"
            ),
            ["metadata.evaluation_metrics"],
        ),
        "names": (
            _documented(
                "(SELECT jsonb_build_object('trained_on_dataset_id', jsonb_agg('d' || i))"  # noqa: S608  numbers of this file
                " FROM generate_series(1, " + entries + ") AS i)"
            ),
            ["metadata.trained_on_dataset_id"],
        ),
        "links": (
            _sql(
                "WITH model AS (INSERT INTO artifacts (id, artifact_type, title)"  # noqa: S608  numbers of this file
                " VALUES ('model-large', 'model', 'T'))"
                " INSERT INTO artifact_links (source_artifact_id, target_artifact_id, link_type)"
                " SELECT 'model-large', 'dataset-' || i, 'trained_on'"
                " FROM generate_series(1, " + links + ") AS i"
            ),
            ["links"],
        ),
    }


# What is written, and what the list names of it as not read.
LARGE: dict[str, tuple[Write, list[str]]] = {
    "title": (
        _sql(
            "INSERT INTO artifacts (id, artifact_type, title) VALUES ('model-large', 'model', repeat('x', 1200000))"
        ),
        ["title"],
    ),
    "document": (_documented("jsonb_build_object('x', repeat('x', 9000000))"), ["metadata"]),
    **_many("5000", "2000"),
    "metrics as text": (
        _sql(
            "WITH model AS (INSERT INTO artifacts (id, artifact_type, title) VALUES ('model-large', 'model', 'T'))"
            " INSERT INTO model_versions (artifact_id, eval_metrics_json)"
            """ VALUES ('model-large', '{"rmse": 1, "note": "' || repeat('x', 5000000) || '"}')"""
        ),
        ["model_versions.eval_metrics_json"],
    ),
    "digits": (
        _documented(
            """('{"features": [' || repeat('1e131000,', 20000) || '1], "equations": ['"""
            """ || repeat('1e-16000,', 20000) || '1]}')::jsonb"""
        ),
        [],
    ),
    "deep": (_deepest, []),
}
# The same by the size of what hosts hold, which takes seconds.
LARGER: dict[str, tuple[Write, list[str]]] = _many("100000", "5000")
