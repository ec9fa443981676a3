"""Lists say of every model what the second judge says of its standing, whatever changed and before it is folded."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeAlias

from hypothesis import Phase, given, seed, settings
from hypothesis import strategies as st
from psycopg import Connection
from psycopg.types.json import Jsonb

from scidex.atlas.model_registry import check, fold, list_models
from tests.provenance.registry import Registry, Row
from tests.provenance.settings import ORDINARY
from tests.provenance.side_by_side import side_by_side, united
from tests.provenance.standing import STATES, standing
from tests.provenance.standing_registries import fallen_registries
from tests.provenance.store_answers import write, written

# A registry, and what it is turned into.
Turn: TypeAlias = tuple[Registry, Registry]
TURNS: st.SearchStrategy[Turn] = st.tuples(fallen_registries(), fallen_registries())
# Lists are read folded and unfolded all along: what waits grows over one step, or over two.
FOLDS = [False, True, True, False]
_FIVE = settings(ORDINARY, max_examples=5)
_COLUMNS = (
    *("artifact_type", "content_hash", "version_number", "parent_version_id", "quality_score"),
    *("version_tag", "lifecycle_state", "superseded_by"),
)
_DOCUMENTS = ("metadata", "provenance_chain")
# Titles and descriptions that change between reads, of a third of the artifacts each time.
_REWORD = (
    """
    UPDATE artifacts SET title = (ARRAY['zebra', 'mouse', 'zebra mouse', 'title'])[1 + abs(hashtext(id || %s)) %% 4]
    WHERE abs(hashtext(%s || id)) %% 3 = 0
    """,
    """
    UPDATE artifacts SET metadata = metadata || '{"description": "zebra"}' #- ARRAY[%s]
    WHERE jsonb_typeof(metadata) = 'object' AND abs(hashtext(%s || 'd' || id)) %% 3 = 0
    """,
)
_SEARCHES = ("zebra", "mouse", "mouse zebra")
# The models with these words, read from the host's tables alone.
_WORDED = """
WITH told AS (
    SELECT of_models.id, of_models.words
    FROM (
        SELECT array_agg(model.id), array_agg(piece.id)
        FROM model_registry_models AS model
        CROSS JOIN LATERAL unnest(
            model_registry_told_evidence(model.datasets, model.analyses, model.hypotheses)
        ) AS piece (id)
    ) AS named (ids, evidence)
    CROSS JOIN LATERAL model_registry_told_of(named.ids, named.evidence) AS of_models
)
SELECT model.id
FROM artifacts AS model
CROSS JOIN LATERAL model_registry_document(model.metadata) AS read
LEFT JOIN told ON told.id = model.id
WHERE model.artifact_type = 'model'
    AND model_registry_words(model.id, model.title, read.document) || coalesce(told.words, '')
        @@ model_registry_tsquery(%s)
"""


def turns(wanted: settings, begun: int = 0) -> list[Turn]:
    """Draw as many turns as the settings say, the same for the same beginning."""
    drawn: list[Turn] = []

    @seed(begun)
    @settings(wanted, phases=[Phase.generate])
    @given(turn=TURNS)
    def draw(turn: Turn) -> None:
        drawn.append(turn)

    draw()
    return drawn


def check_that_lists_agree(conn: Connection, drawn: Sequence[Turn], folds: Sequence[bool]) -> None:
    """Turn registries side by side into others, and where they disagree, name one that does so alone."""
    try:
        _check_side_by_side(conn, drawn, folds)
    except AssertionError as error:
        for turn in drawn:
            try:
                _check_side_by_side(conn, [turn], folds)
            except AssertionError as alone:
                message = f"folded after {folds}: {turn!r}"
                raise AssertionError(message) from alone
        raise AssertionError("only side by side") from error


def _check_side_by_side(conn: Connection, drawn: Sequence[Turn], folds: Sequence[bool]) -> None:
    """Turn registries into others, a table at a time, folded after some steps, and hold lists to the second judge."""
    before, after = (side_by_side(column) for column in zip(*drawn, strict=True))
    with written(conn, united(before)):
        _agree(conn, before)
        _fold(conn)
        _agree(conn, before)
        steps = zip(*(_turned(conn, *turn) for turn in zip(before, after, strict=True)), strict=True)
        for number, (now, is_folded) in enumerate(zip(steps, folds, strict=True)):
            _agree(conn, now)
            _searches_agree(conn, number)
            if is_folded:
                _fold(conn)
                _agree(conn, now)
        _fold(conn)
        _agree(conn, after)
        assert check(conn=conn) == []


def _agree(conn: Connection, registries: Sequence[Registry]) -> None:
    expected = {
        model_id: standing(registry, model_id).status
        for registry in registries
        for model_id in registry.models
    }
    counts = Counter(expected.values())
    assert _listed(conn, len(expected), facets=True, counts=counts) == expected
    for asked in (*([state] for state in STATES), ["sound", "outdated"], ["disputed", "retracted"]):
        wanted = {model_id: status for model_id, status in expected.items() if status in asked}
        for more in ({}, {"facets": True}, {"latest": True}, {"sort": "created_at"}):
            assert _listed(conn, len(wanted), standing=asked, counts=counts, **more) == wanted, asked


def _searches_agree(conn: Connection, number: int) -> None:
    """Search for words that change between reads, whatever waits, and folded in part."""
    for part in range(3):
        removed = "description" if (number + part) % 2 else ""
        for update, more in zip(_REWORD, (f"{number}", removed), strict=True):
            conn.execute(update.encode(), [more, f"{number}.{part}"])
        for words in _SEARCHES:
            expected = {model_id for (model_id,) in conn.execute(_WORDED.encode(), [words])}
            assert _listed(conn, len(expected), counts={}, q=words).keys() == expected, words
        fold(most=20, conn=conn)


def _listed(conn: Connection, total: int, *, counts: Mapping[str, int], **asked: Any) -> dict[str, str]:
    """Read all pages of a list, whose total and facet hold on each, and return the standings by model."""
    found: dict[str, str] = {}
    cursor: str | None = None
    while cursor is not None or not found:
        page = list_models(limit=200, cursor=cursor, conn=conn, **asked)
        assert page["total"] == total, asked
        if asked.get("facets"):
            assert {one["value"]: one["count"] for one in page["facets"]["standing"]} == counts
        fresh = {model["id"]: model["standing"]["status"] for model in page["models"]}
        assert len(fresh) == len(page["models"]), asked
        assert not fresh.keys() & found.keys(), asked
        found |= fresh
        cursor = page["next_cursor"]
        if cursor is None:
            break
    return found


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


def test_lists_agree_while_anything_upstream_changes(conn: Connection) -> None:
    check_that_lists_agree(conn, turns(_FIVE), FOLDS)
