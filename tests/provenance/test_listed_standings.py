"""Lists say of every model what the second judge says of its standing, whatever changed and before it is folded."""

from collections import Counter
from collections.abc import Iterator, Sequence

from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from psycopg import Connection
from psycopg.types.json import Jsonb

from scidex.atlas.model_registry import check, fold, list_models
from tests.provenance.registry import Registry, Row
from tests.provenance.settings import ORDINARY
from tests.provenance.standing import STATES, standing
from tests.provenance.standing_registries import fallen_registries
from tests.provenance.store_answers import write, written

# Shrinking a registry takes minutes; the slow suite does it.
TWO = settings(ORDINARY, max_examples=2, phases=[Phase.generate])
# A registry, what it is turned into, and after which of the four steps it is folded.
TURNED = st.tuples(fallen_registries(), fallen_registries(), st.lists(st.booleans(), min_size=4, max_size=4))
_COLUMNS = (
    *("artifact_type", "content_hash", "version_number", "parent_version_id", "quality_score"),
    *("version_tag", "lifecycle_state", "superseded_by"),
)
_DOCUMENTS = ("metadata", "provenance_chain")


def check_that_lists_agree(
    conn: Connection, before: Registry, after: Registry, folds: Sequence[bool]
) -> None:
    """Turn one registry into another, a table at a time, and hold lists to the second judge all along."""
    with written(conn, before):
        _agree(conn, before)
        _fold(conn)
        _agree(conn, before)
        for now, is_folded in zip(_turned(conn, before, after), folds, strict=True):
            _agree(conn, now)
            if is_folded:
                _fold(conn)
                _agree(conn, now)
        _fold(conn)
        _agree(conn, after)
        assert check(conn=conn) == []


def _agree(conn: Connection, registry: Registry) -> None:
    expected = {model_id: standing(registry, model_id).status for model_id in registry.models}
    whole = list_models(facets=True, limit=200, conn=conn)
    assert {model["id"]: model["standing"]["status"] for model in whole["models"]} == expected
    counts = Counter(expected.values())
    assert {one["value"]: one["count"] for one in whole["facets"]["standing"]} == counts
    for asked in (*([state] for state in STATES), ["sound", "outdated"], ["disputed", "retracted"]):
        wanted = {model_id for model_id, status in expected.items() if status in asked}
        for more in ({}, {"facets": True}, {"latest": True}, {"sort": "created_at"}):
            found = list_models(standing=asked, limit=200, conn=conn, **more)  # type: ignore[arg-type]
            assert {model["id"] for model in found["models"]} == wanted, asked
            assert found["total"] == len(wanted), asked


def _turned(conn: Connection, before: Registry, after: Registry) -> Iterator[Registry]:
    """Take links away, add what is new, change rows, and take away what is gone."""
    gone = set(before.links) - set(after.links)
    for link in gone:
        conn.execute(
            "DELETE FROM artifact_links"
            " WHERE (source_artifact_id, link_type, target_artifact_id) = (%s, %s, %s)",
            link,
        )
    now = before._replace(links=tuple(link for link in before.links if link not in gone))
    yield now
    new = {
        key: {**row, "base_model_id": None}
        for key, row in after.artifacts.items()
        if key not in now.artifacts
    }
    added = Registry(new, tuple(link for link in after.links if link not in now.links))
    write(conn, added)
    now = Registry({**now.artifacts, **added.artifacts}, (*now.links, *added.links))
    yield now
    for key, row in after.artifacts.items():
        _update(conn, key, row)
        now = now.with_row(key, **row)
    yield now
    left = [key for key in before.artifacts if key not in after.artifacts]
    conn.execute("DELETE FROM model_versions WHERE artifact_id = ANY (%s)", [left])
    conn.execute("DELETE FROM artifacts WHERE id = ANY (%s)", [left])
    for key in left:
        now = now.without(key)
    yield now


def _update(conn: Connection, key: str, row: Row) -> None:
    columns = [*_DOCUMENTS, *_COLUMNS]
    assigned = ", ".join(f"{column} = %s" for column in columns)
    values = [Jsonb(row[column]) if column in _DOCUMENTS else row[column] for column in columns]
    update = f"UPDATE artifacts SET {assigned} WHERE id = %s"  # noqa: S608  columns of this file
    conn.execute(update.encode(), [*values, key])
    conn.execute(
        "INSERT INTO model_versions (artifact_id, base_model_id) SELECT %s, %s WHERE %s::text IS NOT NULL"
        " ON CONFLICT (artifact_id) DO UPDATE SET base_model_id = excluded.base_model_id",
        [key, row["base_model_id"], row["base_model_id"]],
    )
    conn.execute(
        "DELETE FROM model_versions WHERE artifact_id = %s AND %s::text IS NULL", [key, row["base_model_id"]]
    )


def _fold(conn: Connection) -> None:
    while fold(conn=conn):
        pass


@TWO
@given(turned=TURNED)
def test_lists_agree_while_anything_upstream_changes(
    conn: Connection, turned: tuple[Registry, Registry, list[bool]]
) -> None:
    check_that_lists_agree(conn, *turned)
