"""An update is logged where it changes what the judge reads, and only there; a truncated table leaves no ghosts."""

from itertools import product
from typing import Any, LiteralString

import psycopg
import pytest
from psycopg import sql

from scidex.atlas.model_registry import check, fold, list_models, waiting_changes
from tests.registry import rows

_TYPES = ("model", "dataset", "tabular_dataset", "analysis", "hypothesis", "paper")
# What the judge or a search reads of a row of each type; its other columns may be touched as often as one likes.
_READ_OF_ALL = {"id", "artifact_type", "version_number", "content_hash", "superseded_by", "parent_version_id"}
# What standing reads of these is the state alone.
_STATES = {
    ("lifecycle_state", "'rejected'"),
    ("lifecycle_state", "'retracted'"),
    ("version_tag", "'retracted'"),
}
_READ_OF_MODELS = (
    "title metadata quality_score created_at created_by origin_type version_number version_tag is_latest "
    "lifecycle_state"
)
_READ_OF = {
    "model": set(_READ_OF_MODELS.split()),
    "analysis": {"metadata", "parent_version_id", "provenance_chain", "title"},
    **{kind: {"title"} for kind in ("dataset", "tabular_dataset", "hypothesis", "paper")},
}
_READ = {
    "artifact_links": {"source_artifact_id", "target_artifact_id", "link_type"},
    "model_versions": {"artifact_id", "promotion_state", "eval_metrics_json", "base_model_id"},
}
_COLUMNS: LiteralString = """
SELECT attribute.attname, format_type(attribute.atttypid, NULL)
FROM pg_attribute AS attribute
WHERE attribute.attrelid = %s::regclass AND attribute.attnum > 0 AND NOT attribute.attisdropped
"""
_VALUES: dict[str, list[str]] = {
    "text": ["'other'", "'model'", "'dataset-d'", "'rejected'", "'retracted'", """'{"rmse": 2}'"""],
    "jsonb": [
        """'{"pinned_artifacts": [["dataset-d", 2]], "model_family": "statistical", "coefficients": {"a": 1}}'""",
        "'[]'",
    ],
    "double precision": ["0.25"],
    "timestamp with time zone": ["'2020-01-01'"],
    "integer": ["7", "1"],
    "bigint": ["77"],
    "boolean": ["false"],
}


def _one_of_each(conn: psycopg.Connection[Any]) -> None:
    rows.dataset(conn, "dataset-d")
    rows.analysis(conn, "analysis-a", pins=("dataset-d",))
    metadata = {"trained_on_dataset_id": "dataset-d", "produced_by_analysis_id": "analysis-a"}
    rows.model(conn, "model-m", metadata, quality_score=0.5)
    for kind in _TYPES:
        rows.artifact(conn, f"a-{kind}", kind, metadata=metadata, changelog="A")
    rows.model_version(conn, "model-m", eval_metrics_json='{"rmse": 1}')
    rows.link(conn, "analysis-a", "dataset-d", "cites")
    rows.link(conn, "model-m", "a-hypothesis", "tests")
    while fold(conn=conn):
        pass


@pytest.mark.parametrize("table", ["artifacts", "artifact_links", "model_versions"])
def test_each_column_is_logged_where_it_is_read_and_only_there(
    conn: psycopg.Connection[Any], table: LiteralString
) -> None:
    _one_of_each(conn)
    key = sql.SQL("artifact_type" if table == "artifacts" else "'row'")
    named = sql.Identifier(table)
    kinds = conn.execute(sql.SQL("SELECT DISTINCT {} FROM {}").format(key, named)).fetchall()
    every = conn.execute(_COLUMNS, [table]).fetchall()
    for (column, column_type), (kind,) in product(every, kinds):
        read = _READ_OF_ALL | _READ_OF.get(kind, set()) if table == "artifacts" else _READ[table]
        for value in _VALUES[column_type]:
            changed = sql.SQL("{} = {}").format(sql.Identifier(column), sql.SQL(value))
            update = sql.SQL("UPDATE {} SET {} WHERE {} = %s AND ({}) IS NOT TRUE").format(
                named, changed, key, changed
            )
            is_read = column in read or (table == "artifacts" and (column, value) in _STATES)
            assert _is_logged(conn, update, kind) in (None, is_read), f"{table}.{column} of {kind} = {value}"


def _is_logged(conn: psycopg.Connection[Any], update: sql.Composed, kind: str) -> bool | None:
    """Return whether an update of the rows of a kind is logged, None where it is refused or changes nothing."""
    try:
        with conn.transaction(force_rollback=True):
            touched = conn.execute(update, [kind]).rowcount
            logged = waiting_changes(conn=conn) > 0
            # What a change waits for is not expected to agree.
            assert logged or check(conn=conn) == []
            return logged if touched else None
    except psycopg.IntegrityError:
        return None


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('{"architecture": [1]}', '{"architecture": [1.0]}'),
        ('{"fit_metrics": {"r": 1}}', '{"fit_metrics": {"r": 1.00}}'),
    ],
)
def test_what_is_equal_and_shown_differently_is_logged(
    conn: psycopg.Connection[Any], before: str, after: str
) -> None:
    rows.model(conn, "model-a")
    for metadata in (before, after):
        conn.execute("UPDATE artifacts SET metadata = %s", [metadata])
        assert waiting_changes(conn=conn) > 0
        while fold(conn=conn):
            pass
        assert check(conn=conn) == []


def test_a_dataset_of_many_models_may_be_touched_without_end(conn: psycopg.Connection[Any]) -> None:
    rows.dataset(conn, "dataset-d")
    for number in range(20):
        rows.model(conn, f"model-{number}", {"trained_on_dataset_id": "dataset-d"})
    while fold(conn=conn):
        pass
    conn.execute(
        """UPDATE artifacts SET changelog = 'touched', metadata = '{"rows": 7}', quality_score = 1
        WHERE id = 'dataset-d'"""
    )
    assert conn.execute("SELECT count(*) FROM model_registry_affected()").fetchone() == (0,)


@pytest.mark.parametrize("table", ["artifacts", "artifact_links"])
def test_what_was_folded_since_a_truncating_transaction_began_leaves_no_ghost(
    dsn: str, table: LiteralString
) -> None:
    with psycopg.connect(dsn) as writer, psycopg.connect(dsn, autocommit=True) as other:
        writer.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        writer.execute("SELECT FROM model_registry_projection")  # it sees nothing later than this
        rows.traceable_model(other, "model-a")
        rows.model(other, "model-b")
        rows.link(other, "model-b", "dataset-of-model-a", "trained_on")
        while fold(conn=other):
            pass
        writer.execute(sql.SQL("TRUNCATE {} CASCADE").format(sql.Identifier(table)))
        writer.commit()
        left = 0 if table == "artifacts" else 2
        for _ in range(2):
            assert list_models(conn=other)["total"] == left
            assert list_models(dataset="dataset-of-model-a", conn=other)["total"] == left / 2
            assert check(conn=other) == []
            while fold(conn=other):
                pass
        assert other.execute("SELECT count(*) FROM model_registry_projection").fetchone() == (left,)
