"""Lists by standing: the filter, its facet, entries, pages and CSV, while states change anywhere upstream."""

import csv
from collections.abc import Callable
from io import StringIO
from typing import Any

import psycopg
import pytest
from starlette.testclient import TestClient

from scidex.atlas.model_registry import check, fold, list_models, rebuild, waiting_changes
from tests.registry import rows
from tests.registry.requests import ids, listed, refusal


def _fold(conn: psycopg.Connection) -> None:
    while fold(conn=conn):
        pass


@pytest.fixture(autouse=True)
def _invented_recordings(conn: psycopg.Connection) -> None:
    """Register an invented example: recordings, a training set made from them, and the models of it."""
    rows.dataset(conn, "dataset-recordings", title="Invented recordings")
    rows.dataset(conn, "dataset-train")
    rows.link(conn, "dataset-train", "dataset-recordings", "derives_from")
    rows.analysis(conn, "analysis-fit", pins=("dataset-train",))
    rows.link(conn, "analysis-fit", "dataset-train", "uses")
    named = {"trained_on_dataset_id": "train", "produced_by_analysis_id": "fit"}
    rows.model(conn, "model-base", named, quality_score=0.8)
    rows.model(conn, "model-fitted", {"model_family": "statistical"}, quality_score=0.7)
    rows.model_version(conn, "model-fitted", base_model_id="model-base")
    rows.model(conn, "model-apart", {"model_family": "statistical"}, quality_score=0.6)
    _fold(conn)


def standings(client: TestClient) -> dict[str, str]:
    return {model["id"]: model["standing"]["status"] for model in listed(client)["models"]}


def _both(status: str) -> dict[str, str]:
    return {"model-base": status, "model-fitted": status, "model-apart": "sound"}


# What is written, and what becomes of the two models that rest on the recordings.
CHANGES = [
    ("UPDATE artifacts SET version_tag = 'retracted' WHERE id = 'dataset-recordings'", _both("retracted")),
    (
        "UPDATE artifacts SET lifecycle_state = ' Withdrawn' WHERE id = 'dataset-recordings'",
        _both("retracted"),
    ),
    ("UPDATE artifacts SET lifecycle_state = 'flagged' WHERE id = 'analysis-fit'", _both("disputed")),
    ("UPDATE artifacts SET lifecycle_state = 'deprecated' WHERE id = 'dataset-train'", _both("outdated")),
    (
        "UPDATE artifacts SET superseded_by = 'analysis-fit' WHERE id = 'dataset-recordings'",
        _both("outdated"),
    ),
    ("UPDATE artifacts SET superseded_by = 'later' WHERE id = 'dataset-recordings'", _both("sound")),
    (
        "UPDATE artifacts SET superseded_by = 'later' WHERE id = 'dataset-recordings';"
        "INSERT INTO artifacts (id, artifact_type, title) VALUES ('later', 'dataset', 'Later')",
        _both("outdated"),
    ),
    (
        "UPDATE artifacts SET lifecycle_state = 'rejected' WHERE id = 'model-base'",
        _both("retracted"),
    ),
    (
        "UPDATE artifacts SET version_tag = 'retracted' WHERE id = 'dataset-recordings';"
        "DELETE FROM artifact_links WHERE link_type = 'derives_from'",
        _both("sound"),
    ),
    (
        "UPDATE artifacts SET version_tag = 'retracted' WHERE id = 'dataset-recordings';"
        "UPDATE artifacts SET parent_version_id = 'dataset-recordings' WHERE id = 'dataset-train'",
        _both("sound"),
    ),
    (
        "UPDATE artifacts SET version_tag = 'retracted' WHERE id = 'dataset-recordings';"
        "UPDATE model_versions SET base_model_id = NULL",
        _both("retracted") | {"model-fitted": "sound"},
    ),
    (
        "UPDATE artifacts SET version_tag = 'retracted' WHERE id = 'dataset-recordings';"
        "DELETE FROM artifacts WHERE id = 'dataset-recordings'",
        _both("sound"),
    ),
    (
        "UPDATE artifacts SET version_number = 2 WHERE id = 'dataset-train'",  # not as it was pinned
        _both("sound") | {"model-base": "disputed"},
    ),
    (
        "INSERT INTO artifact_links (source_artifact_id, target_artifact_id, link_type)"
        " VALUES ('model-apart', 'figure-f', 'cites');"
        "INSERT INTO artifacts (id, artifact_type, title, lifecycle_state)"
        " VALUES ('figure-f', 'figure', 'F', 'challenged')",
        _both("sound") | {"model-apart": "disputed"},
    ),
]


@pytest.mark.parametrize("between", [lambda _: None, _fold], ids=["at once", "folded between"])
@pytest.mark.parametrize(("changes", "expected"), CHANGES)
def test_what_changes_upstream_is_seen_at_once(
    conn: psycopg.Connection,
    client: TestClient,
    changes: str,
    expected: dict[str, str],
    between: Callable[[Any], None],
) -> None:
    for change in changes.split(";"):
        conn.execute(change.encode())
        between(conn)
    for _ in range(2):
        assert standings(client) == expected
        for status in ("sound", "outdated", "disputed", "retracted"):
            found = listed(client, standing=status, facets="true")
            assert {model["id"] for model in found["models"]} == {
                key for key, value in expected.items() if value == status
            }
            counts = {one["value"]: one["count"] for one in found["facets"]["standing"]}
            assert counts == {value: list(expected.values()).count(value) for value in expected.values()}
        assert check(conn=conn) == []
        _fold(conn)
    assert waiting_changes(conn=conn) == 0


def test_it_goes_with_other_filters_and_pages(conn: psycopg.Connection, client: TestClient) -> None:
    conn.execute("UPDATE artifacts SET version_tag = 'retracted' WHERE id = 'dataset-recordings'")
    for _ in range(2):
        asked: dict[str, Any] = {"standing": ["retracted", "disputed"]}
        assert ids(client, asked) == ["model-base", "model-fitted"]
        assert ids(client, asked | {"family": "statistical"}) == ["model-fitted"]
        assert ids(client, asked | {"dataset": "train"}) == ["model-base"]
        first = listed(client, asked | {"limit": 1})
        assert first["total"] == 2
        assert ids(client, asked | {"limit": 1, "cursor": first["next_cursor"]}) == ["model-fitted"]
        of_family = listed(client, family="statistical", facets="true")["facets"]["standing"]
        assert of_family == [{"value": "retracted", "count": 1}, {"value": "sound", "count": 1}]
        families = listed(client, asked | {"facets": "true"})["facets"]["family"]
        assert {one["value"]: one["count"] for one in families} == {None: 1, "statistical": 1}
        _fold(conn)


def test_another_word_is_refused(client: TestClient) -> None:
    _, said = refusal(client, "/api/models?standing=fallen")
    assert "retracted" in said


def test_the_table_says_it(conn: psycopg.Connection, client: TestClient) -> None:
    conn.execute("UPDATE artifacts SET version_tag = 'retracted' WHERE id = 'dataset-recordings'")
    text = client.get("/api/models?format=csv").text
    told = {row["id"]: row["standing.status"] for row in csv.DictReader(StringIO(text))}
    assert told == _both("retracted")


def test_the_pages_say_it(conn: psycopg.Connection, client: TestClient) -> None:
    said = "This model, or something it rests on, is retracted."
    assert said not in client.get("/models").text
    conn.execute("UPDATE artifacts SET version_tag = 'retracted' WHERE id = 'dataset-recordings'")
    page = client.get("/models?standing=retracted").text
    assert page.count(said) == 2
    assert "standing: retracted" in page  # the chip
    assert 'id="filter-standing"' in page


def test_an_artifact_of_many_may_change_what_is_never_read(conn: psycopg.Connection) -> None:
    conn.execute(
        "UPDATE artifacts SET lifecycle_state = 'validated', version_tag = 'best', changelog = 'x'"
        " WHERE id = 'dataset-recordings'"
    )
    assert waiting_changes(conn=conn) == 0


def test_a_state_makes_no_model_be_judged_again(conn: psycopg.Connection) -> None:
    conn.execute("UPDATE artifacts SET version_tag = 'retracted' WHERE id = 'dataset-recordings'")
    assert conn.execute("SELECT count(*) FROM model_registry_affected()").fetchone() == (0,)
    before = conn.execute("SELECT xmin, ctid FROM model_registry_projection ORDER BY id").fetchall()
    _fold(conn)
    assert conn.execute("SELECT xmin, ctid FROM model_registry_projection ORDER BY id").fetchall() == before


def test_a_truncated_table_and_a_rebuild_leave_no_standing_behind(
    conn: psycopg.Connection, client: TestClient
) -> None:
    conn.execute("UPDATE artifacts SET version_tag = 'retracted' WHERE id = 'dataset-recordings'")
    _fold(conn)
    conn.execute("TRUNCATE artifact_links")
    for _ in range(2):
        assert standings(client) == _both("sound") | {"model-base": "sound"}
        assert set(ids(client, standing="sound")) == {"model-base", "model-fitted", "model-apart"}
        _fold(conn)
    assert check(conn=conn) == []
    conn.execute("DELETE FROM model_registry_not_sound")
    assert check(conn=conn) == ["dataset-recordings"]
    for _ in rebuild(conn=conn):
        pass
    assert check(conn=conn) == []


@pytest.mark.parametrize(
    ("spoiling", "told"),
    [
        ("UPDATE model_registry_not_sound SET retracted = 3 WHERE id = 'model-base'", "model-base"),
        ("DELETE FROM model_registry_not_sound WHERE id = 'dataset-train'", "dataset-train"),
        (
            "INSERT INTO model_registry_not_sound (id, disputed, pins_differ, status)"
            " VALUES ('model-apart', 2, false, 'disputed')",
            "model-apart",
        ),
        (
            "INSERT INTO model_registry_not_sound (id, pins_differ, status)"
            " VALUES ('model-apart', true, 'disputed')",
            "model-apart",
        ),
        ("UPDATE model_registry_not_sound SET status = 'outdated' WHERE id = 'model-base'", "model-base"),
        ("UPDATE model_registry_fallen_counts SET number = number + 1", "model-base"),
        ("DELETE FROM model_registry_fallen_counts", "model-fitted"),
        ("UPDATE model_registry_fallen_counts SET family = 'odd'", "(counted, but not there)"),
    ],
)
def test_the_check_finds_what_is_kept_wrongly(conn: psycopg.Connection, spoiling: str, told: str) -> None:
    conn.execute("UPDATE artifacts SET version_tag = 'retracted' WHERE id = 'dataset-recordings'")
    _fold(conn)
    assert check(conn=conn) == []
    conn.execute(spoiling.encode())
    assert told in check(conn=conn)


def test_it_is_there_where_models_were_before_the_registry(conn: psycopg.Connection) -> None:
    conn.execute("UPDATE artifacts SET version_tag = 'retracted' WHERE id = 'dataset-recordings'")
    conn.execute("DELETE FROM model_registry_state_changes")
    conn.execute("DELETE FROM model_registry_not_sound")
    conn.execute("INSERT INTO model_registry_builds DEFAULT VALUES")
    for _ in range(2):
        found = list_models(standing="retracted", facets=True, conn=conn)
        assert [model["id"] for model in found["models"]] == ["model-base", "model-fitted"]
        assert found["total"] == 2
        _fold(conn)
    assert check(conn=conn) == []


def test_sound_rows_copied_in_bulk_leave_no_trace(conn: psycopg.Connection) -> None:
    conn.execute(
        "INSERT INTO artifacts (id, artifact_type, title, metadata) SELECT 'model-' || n, 'model', 'M',"
        """ '{"trained_on_dataset_id": "train"}' FROM generate_series(1, 50) AS n"""
    )
    _fold(conn)
    assert conn.execute("SELECT count(*) FROM model_registry_not_sound").fetchone() == (0,)
    assert waiting_changes(conn=conn) == 0
