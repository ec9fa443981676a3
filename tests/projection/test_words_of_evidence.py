"""Models are found by the words of what they rest on, which may change at any time: no answer is stale."""

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest

from scidex.atlas.model_registry import check, fold, list_models
from tests.registry import rows

# What is changed, a word that finds the model before, and one that finds it after.
CHANGES = [
    ("UPDATE artifacts SET title = 'Zebrafish' WHERE id = 'dataset-d'", "alzheimer", "zebrafish"),
    ("UPDATE artifacts SET title = 'Zebrafish' WHERE id = 'hypothesis-h'", "cerebrospinal", "zebrafish"),
    ("UPDATE artifacts SET title = 'Zebrafish' WHERE id = 'analysis-a'", "regression", "zebrafish"),
    ("UPDATE artifacts SET title = 'Zebrafish' WHERE id = 'paper-p'", "kinetics", "zebrafish"),
    (
        """UPDATE artifacts SET metadata = '{"outcome": "zebrafish"}' WHERE id = 'dataset-source'""",
        "dementia",
        "zebrafish",
    ),
    ("UPDATE artifacts SET metadata = '[]' WHERE id = 'dataset-source'", "dementia", None),
    ("DELETE FROM artifacts WHERE id = 'dataset-source'", "dementia", None),
    ("DELETE FROM artifact_links WHERE target_artifact_id = 'paper-p'", "pharmacokinetics", None),
    ("UPDATE artifacts SET artifact_type = 'figure' WHERE id = 'paper-p'", "pharmacokinetics", None),
    ("UPDATE artifacts SET artifact_type = 'notebook' WHERE id = 'hypothesis-h'", "cerebrospinal", None),
    ("DELETE FROM artifact_links WHERE link_type = 'derives_from'", "dementia", None),
    (
        "INSERT INTO artifacts (id, artifact_type, title) VALUES ('paper-later', 'paper', 'Zebrafish')",
        None,
        "zebrafish",
    ),
    (
        "INSERT INTO artifact_links (source_artifact_id, target_artifact_id, link_type)"
        " VALUES ('paper-p', 'paper-apart', 'cites')",
        None,
        "apart",
    ),
]


@pytest.fixture
def sought(conn: psycopg.Connection[Any]) -> Iterator[psycopg.Connection[Any]]:
    """Register a model whose evidence has words that stand nowhere else."""
    rows.dataset(
        conn, "dataset-source", metadata={"outcome": ["clinical dementia scores"], "rows": "unsought"}
    )
    rows.artifact(conn, "dataset-d", "tabular_dataset", title="Alzheimer's biomarkers")
    rows.artifact(
        conn, "paper-p", "paper", title="Kinetics", metadata={"citation": "Journal of Pharmacokinetics"}
    )
    rows.artifact(conn, "paper-apart", "paper")
    rows.analysis(conn, "analysis-a", pins=("dataset-d",), title="Logistic regression")
    rows.hypothesis(conn, "hypothesis-h", title="Tau in cerebrospinal fluid")
    rows.link(conn, "dataset-d", "dataset-source", "derives_from")
    rows.link(conn, "dataset-source", "dataset-d", "derives_from")  # a circle ends
    rows.link(conn, "dataset-source", "paper-p", "cites")
    rows.link(conn, "dataset-source", "paper-later", "cites")
    named = {"trained_on_dataset_id": "d", "produced_by_analysis_id": "a", "tests_hypothesis_id": "h"}
    rows.model(conn, "model-m", named, title="M")
    rows.model(conn, "model-other", title="O")
    yield conn
    while fold(conn=conn):
        pass
    assert check(conn=conn) == []


def found(conn: psycopg.Connection[Any], words: str) -> bool:
    lists = [
        list_models(q=words, conn=conn, **more) for more in ({}, {"facets": True}, {"sort": "relevance"})
    ]
    assert len({(one["total"], *(model["id"] for model in one["models"])) for one in lists}) == 1
    return [model["id"] for model in lists[0]["models"]] == ["model-m"]


@pytest.mark.parametrize("folded", [True, False])
@pytest.mark.parametrize(("change", "before", "after"), CHANGES)
def test_a_change_of_what_a_model_rests_on_is_seen_at_once(
    sought: psycopg.Connection[Any], folded: bool, change: str, before: str | None, after: str | None
) -> None:
    while folded and fold(conn=sought):
        pass
    assert before is None or found(sought, before)
    assert after is None or not found(sought, after)
    sought.execute(change.encode())
    for _ in range(2):
        assert before is None or not found(sought, before)
        assert after is None or found(sought, after)
        while fold(conn=sought):
            pass


def test_values_under_other_keys_are_not_searched(sought: psycopg.Connection[Any]) -> None:
    assert not found(sought, "unsought")
