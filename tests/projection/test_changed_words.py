"""Other words of what models rest on concern only searches for these: nothing is judged, and no answer is stale."""

import csv
from collections.abc import Iterator
from itertools import product
from typing import Any

import psycopg
import pytest

from scidex.atlas._model_registry.contract.query import model_query
from scidex.atlas._model_registry.reads.lists import table_of_models
from scidex.atlas.model_registry import check, fold, list_models, rebuild, waiting_changes
from tests.registry import rows

_MODELS = 6


@pytest.fixture
def sharing(conn: psycopg.Connection[Any]) -> Iterator[psycopg.Connection[Any]]:
    """Register models of a dataset: one has a word of its title itself, one of another dataset; one fits no index."""
    rows.dataset(conn, "dataset-shared", title="Cohort alpha")
    rows.dataset(conn, "dataset-other", title="Cohort beta")
    rows.artifact(conn, "paper-p", "paper", title="Kinetics")
    rows.link(conn, "dataset-shared", "paper-p", "cites")
    for number in range(_MODELS):
        named = ["dataset-shared", "dataset-other"] if number == 1 else ["dataset-shared"]
        title = "Alpha" if number == 0 else f"M{number}"
        rows.model(conn, _id(number), {"trained_on_dataset_id": named}, title=title, quality_score=0.1)
    _fold(conn)
    yield conn
    _fold(conn)
    assert check(conn=conn) == []
    for table in ("word_changes", "words_due", "stale_words"):
        assert conn.execute(f"SELECT FROM model_registry_{table}".encode()).fetchall() == []


def _id(number: int) -> str:
    return f"model-{'x' * 600}5" if number == 5 else f"model-{number}"


def _fold(conn: psycopg.Connection[Any]) -> None:
    while fold(conn=conn):
        pass


def _found(conn: psycopg.Connection[Any], words: str) -> set[int]:
    """Return the numbers of the models that a search finds, the same on every kind of list."""
    kinds: tuple[dict[str, Any], ...] = ({}, {"facets": True}, {"sort": "relevance"}, {"dataset": "shared"})
    lists = [list_models(q=words, conn=conn, **kind) for kind in kinds]
    assert len({(one["total"], *sorted(model["id"] for model in one["models"])) for one in lists}) == 1
    table = csv.DictReader(table_of_models(conn, model_query(q=words), bom=False))
    assert sorted(line["id"] for line in table) == sorted(model["id"] for model in lists[0]["models"])
    facet = {one["value"]: one["count"] for one in lists[1]["facets"]["dataset"]}
    assert facet.get("dataset-shared", 0) == lists[0]["total"]
    return {int(model["id"][-1]) for model in lists[0]["models"]}


_ALL = set(range(_MODELS))
# Where a change of words stands: in the log, taken out of it, or written into the rows of some models already.
STEPS = {
    "logged": "SELECT",
    "taken up": "SELECT model_registry_take_up(9)",
    "half": "SELECT model_registry_take_up(9), model_registry_reword(3)",
    "written": "SELECT model_registry_take_up(9), model_registry_reword(9)",
}


@pytest.mark.parametrize(("first", "second"), [*product(STEPS, STEPS)])
def test_searches_find_the_words_of_now_wherever_changes_wait(
    sharing: psycopg.Connection[Any], first: str, second: str
) -> None:
    assert _found(sharing, "alpha") == _ALL
    sharing.execute("UPDATE artifacts SET title = 'Zebra gamma' WHERE id = 'dataset-shared'")
    sharing.execute(STEPS[first].encode())
    assert [_found(sharing, words) for words in ("alpha", "cohort", "gamma")] == [{0}, {1}, _ALL]
    assert _found(sharing, "beta gamma") == {1}
    assert _found(sharing, "beta alpha") == set()
    sharing.execute(
        """UPDATE artifacts SET title = 'Delta', metadata = '{"summary": "a mouse"}' WHERE id = 'dataset-shared'"""
    )
    sharing.execute("UPDATE artifacts SET title = 'Dynamics' WHERE id = 'paper-p'")
    sharing.execute(STEPS[second].encode())
    assert [_found(sharing, words) for words in ("alpha", "cohort", "gamma")] == [{0}, {1}, set()]
    assert [_found(sharing, words) for words in ("delta mouse", "kinetics", "dynamics")] == [
        _ALL,
        set(),
        _ALL,
    ]
    assert _found(sharing, "alpha dynamics") == {0}
    assert check(conn=sharing) == []


@pytest.mark.parametrize("step", STEPS)
def test_nothing_is_judged_and_other_searches_read_kept_words(
    sharing: psycopg.Connection[Any], step: str
) -> None:
    sharing.execute("UPDATE artifacts SET title = 'Cohort gamma' WHERE id = 'dataset-shared'")
    sharing.execute(STEPS[step].encode())
    assert sharing.execute("SELECT FROM model_registry_affected()").fetchall() == []
    stale = {"logged": _MODELS, "taken up": _MODELS, "half": 3, "written": 0}[step]
    for words, number in (("gamma", stale), ("alpha", stale), ("beta", 0), ("kinetics", 0), ("", 0)):
        read = "SELECT FROM model_registry_reworded(%s, false, '{}')"
        assert len(sharing.execute(read, [words]).fetchall()) == number


def test_relevance_is_that_of_the_words_of_now(sharing: psycopg.Connection[Any]) -> None:
    sharing.execute("UPDATE artifacts SET title = 'Delta gamma' WHERE id = 'model-3'")
    _fold(sharing)
    for title, words, first in (("Gamma", "gamma", 3), ("Delta", "delta", 3), ("Gamma", "gamma alpha", None)):
        sharing.execute("UPDATE artifacts SET title = %s WHERE id = 'dataset-shared'", [title])
        waiting = _ranked(sharing, words)
        _fold(sharing)
        assert waiting == _ranked(sharing, words)
        assert waiting[:1] == ["model-0" if first is None else f"model-{first}"]


def _ranked(conn: psycopg.Connection[Any], words: str) -> list[str]:
    return [model["id"] for model in list_models(q=words, sort="relevance", conn=conn)["models"]]


def test_many_changes_of_one_dataset_are_written_once_for_each_model(
    sharing: psycopg.Connection[Any],
) -> None:
    for number in range(5):
        sharing.execute(
            "UPDATE artifacts SET title = %s WHERE id = 'dataset-shared'", [f"Cohort change{number}"]
        )
    assert waiting_changes(conn=sharing) == 5
    assert fold(most=4, conn=sharing) == 5
    assert [fold(most=4, conn=sharing) for _ in range(3)] == [2, 0, 0]
    assert _found(sharing, "change4") == _ALL
    assert _found(sharing, "change3") == set()


def test_too_many_stale_words_concern_every_search(sharing: psycopg.Connection[Any]) -> None:
    sharing.execute("UPDATE artifacts SET title = 'Gamma' WHERE id = 'dataset-shared'")
    sharing.execute("SELECT model_registry_take_up(9)")
    sharing.execute("UPDATE model_registry_stale_words SET words = NULL")
    assert [_found(sharing, words) for words in ("alpha", "gamma", "cohort")] == [{0}, _ALL, {1}]


def test_a_model_that_is_judged_meanwhile_has_the_words_that_the_others_have(
    sharing: psycopg.Connection[Any],
) -> None:
    sharing.execute("UPDATE artifacts SET title = 'Gamma' WHERE id = 'dataset-shared'")
    sharing.execute("INSERT INTO model_registry_due VALUES ('model-2')")
    rows.model(sharing, "model-6", {"trained_on_dataset_id": "dataset-shared"})
    for _ in range(2):
        assert [_found(sharing, words) for words in ("alpha", "gamma")] == [{0}, {*_ALL, 6}]
        sharing.execute("SELECT model_registry_judge_due(9)")
    sharing.execute("INSERT INTO model_registry_due SELECT 'model-6'")
    sharing.execute("SELECT model_registry_judge_due(9)")
    assert [_found(sharing, words) for words in ("alpha", "gamma")] == [{0}, {*_ALL, 6}]


@pytest.mark.parametrize(
    "change",
    [
        "DELETE FROM artifacts WHERE id = 'paper-p'",
        "UPDATE artifacts SET artifact_type = 'figure' WHERE id = 'paper-p'",
        "DELETE FROM artifact_links WHERE target_artifact_id = 'paper-p'",
    ],
)
def test_words_go_with_what_had_them_though_they_just_changed(
    sharing: psycopg.Connection[Any], change: str
) -> None:
    sharing.execute("UPDATE artifacts SET title = 'Dynamics' WHERE id = 'paper-p'")
    sharing.execute(change.encode())
    for _ in range(4):
        assert [_found(sharing, words) for words in ("kinetics", "dynamics")] == [set(), set()]
        fold(most=2, conn=sharing)


def test_words_that_nobody_told_of_are_found_by_check_and_mended_by_rebuild(
    sharing: psycopg.Connection[Any],
) -> None:
    sharing.execute("ALTER TABLE artifacts DISABLE TRIGGER USER")
    sharing.execute("UPDATE artifacts SET title = 'Gamma' WHERE id = 'dataset-shared'")
    sharing.execute("ALTER TABLE artifacts ENABLE TRIGGER USER")
    assert {"dataset-shared", "model-2"} <= {*check(conn=sharing)}
    for _ in rebuild(conn=sharing):
        pass
    assert _found(sharing, "gamma") == _ALL
    assert check(conn=sharing) == []
