"""The check finds each row of the projection and of the tables beside it that departs from the judge."""

import psycopg
import pytest

from scidex.atlas.model_registry import check, fold, list_models, rebuild

_SPOILED = [
    "UPDATE model_registry_projection SET quality_score = 0.2 WHERE id = 'model-a'",
    "DELETE FROM model_registry_projection WHERE id = 'model-a'",
    "UPDATE model_registry_metrics SET value = 0.6 WHERE id = 'model-a'",
    "INSERT INTO model_registry_metrics (id, name, value, created_at, is_latest, complete) "
    "VALUES ('model-a', 'aic', 1, now(), true, false)",
    "UPDATE model_registry_metrics SET complete = NOT complete WHERE id = 'model-a'",
    "DELETE FROM model_registry_evidence WHERE id = 'model-a'",
    "UPDATE model_registry_evidence SET family = 'statistical' WHERE id = 'model-a'",
    "UPDATE model_registry_search SET words = '' WHERE id = 'model-a'",
    "UPDATE model_registry_search SET watches = '{}' WHERE id = 'model-a'",
    "UPDATE model_registry_counts SET number = number + 1",
    "DELETE FROM model_registry_counts",
    "UPDATE model_registry_evidence_counts SET number = number + 1",
    "DELETE FROM model_registry_evidence_counts",
    "UPDATE model_registry_evidence_totals SET number = number + 1",
    "DELETE FROM model_registry_evidence_totals",
    "DELETE FROM model_registry_edges WHERE source_id = 'model-a'",
    "UPDATE model_registry_edges SET is_test = NOT is_test WHERE source_id = 'model-a'",
    "INSERT INTO model_registry_edges (source_id, target_id, relation, origin, is_earlier, is_test) "
    "VALUES ('model-a', 'dataset-other', 'uses', 'link', false, false)",
]


@pytest.fixture
def folded(conn: psycopg.Connection) -> psycopg.Connection:
    """Two models with a metric and a dataset, folded."""
    conn.execute("INSERT INTO artifacts (id, artifact_type, title) VALUES ('dataset-d', 'dataset', 'D')")
    conn.execute(
        "INSERT INTO artifacts (id, artifact_type, title, metadata) "
        "SELECT 'model-' || name, 'model', 'M', "
        """'{"trained_on_dataset_id": "d", "evaluation_metrics": {"rmse": 0.5}}' """
        "FROM unnest(ARRAY['a', 'b']) AS name"
    )
    while fold(conn=conn):
        pass
    return conn


def test_what_was_folded_agrees(folded: psycopg.Connection) -> None:
    assert check(conn=folded) == []


@pytest.mark.parametrize("spoiling", _SPOILED)
def test_a_row_changed_missing_or_added_is_found(folded: psycopg.Connection, spoiling: str) -> None:
    folded.execute(spoiling.encode())
    assert "model-a" in check(conn=folded)


def test_what_a_change_waits_for_is_not_expected_to_agree(folded: psycopg.Connection) -> None:
    folded.execute("UPDATE artifacts SET title = 'Changed' WHERE id = 'model-a'")
    assert check(conn=folded) == []


def test_a_count_of_what_is_not_there_is_found_and_rebuilding_mends_it(folded: psycopg.Connection) -> None:
    folded.execute(
        "INSERT INTO model_registry_counts (is_latest, complete, origin_type, number) VALUES (true, true, 'odd', 3)"
    )
    assert check(conn=folded) == ["(counted, but not there)"]
    assert list_models(conn=folded)["total"] == 5
    for _ in rebuild(conn=folded):
        pass
    assert check(conn=folded) == []
    assert list_models(conn=folded)["total"] == 2


def test_counts_follow_what_is_folded(folded: psycopg.Connection) -> None:
    folded.execute("UPDATE artifacts SET is_latest = false WHERE id = 'model-a'")
    folded.execute("DELETE FROM artifacts WHERE id = 'model-b'")
    while fold(conn=folded):
        pass
    assert [list_models(latest=latest, conn=folded)["total"] for latest in (True, False, None)] == [0, 1, 1]
    assert list_models(dataset=["dataset-d"], conn=folded)["total"] == 1
    assert check(conn=folded) == []


def test_rebuilding_takes_away_what_stands_for_no_model(folded: psycopg.Connection) -> None:
    folded.execute(
        "INSERT INTO model_registry_evidence (id, kind, artifact_id, is_latest, complete) "
        "VALUES ('ghost', 'dataset', 'dataset-d', true, true)"
    )
    assert "ghost" in check(conn=folded)
    for _ in rebuild(conn=folded):
        pass
    assert check(conn=folded) == []
    assert list_models(dataset=["dataset-d"], conn=folded)["total"] == 2
