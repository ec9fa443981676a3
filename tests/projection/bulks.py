"""Transactions that take up what they wrote: few rows suffice in a test, and a commit can be held open."""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import psycopg
from psycopg.rows import dict_row

from scidex.atlas.model_registry import check, fold, waiting_changes
from tests.projection.questions import JUDGED, QUERIES, check_list
from tests.registry import rows

DATASET, ANALYSIS = "dataset-d1", "analysis-a1"
_FEW = """
DO $do$
DECLARE
    own record;
BEGIN
    FOR own IN
        SELECT pg_get_functiondef(function.oid) AS definition FROM pg_proc AS function
        WHERE starts_with(function.proname, 'model_registry_') AND function.prosecdef
    LOOP
        EXECUTE replace(replace(own.definition, 'logged >= 500', 'logged >= {0}'), 'OFFSET 2000', 'OFFSET {0} - 1');
    END LOOP;
END
$do$
"""
# A trigger of the host that runs at commit, after that of the registry, and waits.
_PAUSES = """
CREATE TABLE IF NOT EXISTS pauses ();
CREATE OR REPLACE FUNCTION pause() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(7);
    RETURN NULL;
END
$$;
CREATE CONSTRAINT TRIGGER paused AFTER INSERT ON pauses DEFERRABLE INITIALLY DEFERRED
FOR EACH ROW EXECUTE FUNCTION pause();
"""
_PAUSED = b"SELECT FROM pg_locks WHERE locktype = 'advisory' AND objid = 7 AND NOT granted"
_PATIENCE = 30.0


def take_up_from(conn: psycopg.Connection[Any], entries: int) -> None:
    """Let a transaction take up what it wrote if a statement of it logged so many entries, and as many wait."""
    conn.execute(_FEW.format(entries).encode())
    conn.execute(_PAUSES.encode())


def write(conn: psycopg.Connection[Any], number: int = 5) -> None:
    """Write models that name a dataset, registered or not, in one statement, and a link of each to an analysis."""
    conn.execute(
        """INSERT INTO artifacts (id, artifact_type, title, metadata, quality_score)
        SELECT 'model-' || number, 'model', 'T',
               jsonb_build_object('trained_on_dataset_id', %s::text, 'fit_metrics', '{"rmse": 0.25}'::jsonb), 0.5
        FROM generate_series(1, %s) AS number""",
        [DATASET, number],
    )
    conn.execute(
        """INSERT INTO artifact_links (source_artifact_id, target_artifact_id, link_type)
        SELECT 'model-' || number, %s, 'produced_by' FROM generate_series(1, %s) AS number""",
        [ANALYSIS, number],
    )


def write_beneath(conn: psycopg.Connection[Any]) -> None:
    """Register what these models rest on, which makes them complete."""
    rows.dataset(conn, DATASET)
    rows.analysis(conn, ANALYSIS, pins=(DATASET,))


@contextmanager
def held_open(writer: psycopg.Connection[Any], dsn: str) -> Iterator[Callable[[], None]]:
    """Commit, held open behind the registry's trigger for as long as the block runs."""
    with psycopg.connect(dsn, autocommit=True) as holder, ThreadPoolExecutor(1) as pool:
        holder.execute("SELECT pg_advisory_lock(7)")
        writer.execute("INSERT INTO pauses DEFAULT VALUES")
        committed = pool.submit(writer.commit)
        try:
            _until(lambda: holder.execute(_PAUSED).fetchone() is not None or committed.done())
            yield committed.result
        finally:
            holder.execute("SELECT pg_advisory_unlock(7)")
        committed.result(_PATIENCE)


def _until(holds: Callable[[], bool]) -> None:
    begun = time.monotonic()
    while not holds():
        assert time.monotonic() - begun < _PATIENCE
        time.sleep(0.01)


def hold_lists_to_the_judge(conn: psycopg.Connection[Any]) -> None:
    """Ask for every list in one state of the database, and compare each with what the judge says to it."""
    with conn.transaction(), conn.cursor(row_factory=dict_row) as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        judged = cursor.execute(JUDGED).fetchall()
        for query in QUERIES:
            if query[0].get("sort") != "title":  # takes all titles for the same
                check_list(judged, *query, conn)
        assert check(conn=conn) == []


def fold_all(conn: psycopg.Connection[Any]) -> None:
    """Fold what waits; nobody else may have the turn."""
    while waiting_changes(conn=conn):
        assert fold(conn=conn)
