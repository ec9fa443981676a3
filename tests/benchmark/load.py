"""Copies a generated registry into the three tables of an empty database, with progress."""

from collections.abc import Iterable
from itertools import chain
from typing import Any, LiteralString
from zlib import crc32

import psycopg
from psycopg import Connection

from scidex.core.schema import init_db
from tests.benchmark import deep_graphs, evaluated
from tests.benchmark.progress import Tell
from tests.benchmark.registry import BEGIN, Registry, Row

_ARTIFACTS: LiteralString = """
COPY artifacts (id, artifact_type, title, metadata, content_hash, quality_score, created_at, origin_type,
                version_number, parent_version_id, changelog, is_latest, lifecycle_state, version_tag,
                created_by) FROM STDIN
"""
_LINKS: LiteralString = "COPY artifact_links (source_artifact_id, target_artifact_id, link_type) FROM STDIN"
_VERSIONS: LiteralString = """
COPY model_versions (artifact_id, code_commit_sha, code_entrypoint, training_started_at, training_completed_at,
                     training_params_json, eval_metrics_json, promotion_state) FROM STDIN
"""
_EVERY = 1000
_STATES = (*17 * ("active",), "validated", "deprecated", "cold")


def load(dsn: str, registry: Registry, tell: Tell) -> None:
    """Fill the database of ``dsn``, which holds no artifacts; the registry is installed afterwards."""
    load_rows(
        dsn,
        chain(registry.artifacts(), deep_graphs.artifacts(BEGIN), evaluated.artifacts(BEGIN)),
        chain(registry.links(), deep_graphs.links(), evaluated.links()),
        registry.model_versions(),
        tell,
    )


def load_rows(
    dsn: str, artifacts: Iterable[Row], links: Iterable[Row], versions: Iterable[Row], tell: Tell
) -> None:
    """Make the host's tables and copy these rows into them."""
    with psycopg.connect(dsn) as conn:
        init_db(conn)
        _copy(conn, _ARTIFACTS, map(_kept, artifacts), "artifacts", tell)
        _copy(conn, _LINKS, links, "links", tell)
        _copy(conn, _VERSIONS, versions, "model versions", tell)


def _kept(row: tuple[Any, ...]) -> tuple[Any, ...]:
    """Add the state of life, the tag and the agent of an artifact, by its id."""
    number = crc32(str(row[0]).encode())
    state = _STATES[number % len(_STATES)]
    return (*row, state, "best" if number % 50 == 0 else None, f"agent-{number % 200:03d}")


def _copy(
    conn: Connection, statement: LiteralString, rows: Iterable[tuple[Any, ...]], name: str, tell: Tell
) -> None:
    with conn.cursor() as cursor, cursor.copy(statement) as copy:
        for number, row in enumerate(rows):
            copy.write_row(row)
            if number % _EVERY == 0:
                tell(number, name)
