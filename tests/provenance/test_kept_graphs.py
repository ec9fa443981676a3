"""Graphs and standings are read from kept edges where nothing waits, and from the host's tables otherwise."""

import psycopg
import pytest

from scidex.atlas.model_registry import fold, get_model_detail
from tests.registry import rows

TRAINED, DERIVED = ("model-x", "dataset-a", "trained_on"), ("dataset-a", "dataset-raw", "derives_from")


@pytest.fixture
def folded(conn: psycopg.Connection) -> psycopg.Connection:
    """Register a model two steps from a raw dataset, and fold."""
    for name in ("dataset-raw", "dataset-a", "dataset-b"):
        rows.dataset(conn, name)
    rows.model(conn, "model-x", {"trained_on_dataset_id": "a"})
    rows.link(conn, "dataset-a", "dataset-raw", "derives_from")
    _fold(conn)
    return conn


def _fold(conn: psycopg.Connection) -> None:
    while fold(conn=conn):
        pass


def _edges(conn: psycopg.Connection) -> list[tuple[str, str, str]]:
    edges = get_model_detail("model-x", conn=conn)["provenance"]["graph"]["edges"]
    return [(edge["source"], edge["target"], edge["relation"]) for edge in edges]


def _standing(conn: psycopg.Connection) -> tuple[str, list[list[str]]]:
    standing = get_model_detail("model-x", conn=conn)["standing"]
    return standing["status"], [cause["path"] for cause in standing["because"]]


def test_a_folded_graph_is_read_from_kept_edges(folded: psycopg.Connection) -> None:
    assert _edges(folded) == [DERIVED, TRAINED]
    folded.execute("DELETE FROM model_registry_edges WHERE source_id = 'dataset-a'")
    assert _edges(folded) == [TRAINED]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ("DELETE FROM artifact_links WHERE source_artifact_id = 'dataset-a'", [TRAINED]),
        (
            "UPDATE artifacts SET metadata = jsonb_build_object('trained_on_dataset_id', 'b') WHERE id = 'model-x'",
            [("model-x", "dataset-b", "trained_on")],
        ),
        (
            "UPDATE artifacts SET parent_version_id = 'dataset-b' WHERE id = 'dataset-a'",
            [("dataset-a", "dataset-b", "derives_from"), DERIVED, TRAINED],
        ),
        ("DELETE FROM artifacts WHERE id = 'dataset-a'", [("model-x", "a", "trained_on")]),
    ],
)
def test_a_change_is_drawn_before_and_after_it_is_folded(
    folded: psycopg.Connection, change: str, expected: list[tuple[str, str, str]]
) -> None:
    folded.execute(change.encode())
    assert _edges(folded) == expected
    _fold(folded)
    assert _edges(folded) == expected


def test_an_edge_to_the_longest_id_is_kept(folded: psycopg.Connection) -> None:
    far = "dataset-" + "z" * 992
    rows.link(folded, "dataset-b", far, "derives_from")
    rows.link(folded, "dataset-b", far + "z", "derives_from")
    rows.link(folded, "dataset-a", "dataset-b", "derives_from")
    for _ in range(2):
        assert [target for source, target, _ in _edges(folded) if source == "dataset-b"] == [far]
        _fold(folded)
    kept = folded.execute(
        "SELECT target_id FROM model_registry_edges WHERE source_id = 'dataset-b'"
    ).fetchall()
    assert kept == [(far,)]


def test_a_standing_is_walked_by_kept_edges(folded: psycopg.Connection) -> None:
    sound: tuple[str, list[list[str]]] = ("sound", [])
    fallen = ("retracted", [["model-x", "dataset-a", "dataset-raw"]])
    assert _standing(folded) == sound
    folded.execute("UPDATE artifacts SET version_tag = 'retracted' WHERE id = 'dataset-raw'")
    assert _standing(folded) == fallen
    _fold(folded)
    assert _standing(folded) == fallen
    folded.execute("DELETE FROM artifact_links WHERE source_artifact_id = 'dataset-a'")
    assert _standing(folded) == sound
    _fold(folded)
    assert _standing(folded) == sound
    folded.execute("UPDATE model_registry_edges SET target_id = 'dataset-raw' WHERE source_id = 'model-x'")
    assert _standing(folded) == ("retracted", [["model-x", "dataset-raw"]])
