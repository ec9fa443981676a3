"""What is asked of lists while others write, and what the judge's rows say the answer is."""

from collections.abc import Callable
from typing import Any

import psycopg

from scidex.atlas._model_registry.contract.answers import ModelEntry
from scidex.atlas.model_registry import list_models

Judged = dict[str, Any]

# By turns the titles and descriptions of what models rest on.
WORDS = ("zebra", "mouse", "zebra mouse", "T")

# Asked in turn, each with the models that the judge's rows say belong on its page, in their order.
QUERIES: list[tuple[dict[str, Any], Callable[[Judged], bool], Callable[[Judged], Any]]] = [
    ({}, lambda _: True, lambda row: _last_if_unknown(row["quality_score"])),
    ({"sort": "created_at", "facets": True}, lambda _: True, lambda _: 0),
    (
        {"provenance": "complete"},
        lambda row: row["missing"] == [],
        lambda row: _last_if_unknown(row["quality_score"]),
    ),
    ({"sort": "title", "order": "desc"}, lambda _: True, lambda _: 0),
    ({"sort": "metric:rmse"}, lambda row: "rmse" in row["metrics"], lambda row: row["metrics"]["rmse"]),
    (
        {"metric": ["rmse<0.5"], "provenance": "incomplete"},
        lambda row: row["metrics"].get("rmse", 1) < 0.5 and row["missing"] != [],
        lambda row: _last_if_unknown(row["quality_score"]),
    ),
    (
        {
            "metric": ["rmse>=0.2", "rmse<0.8"],
            "sort": "metric:rmse",
            "order": "desc",
            "provenance": "incomplete",
        },
        lambda row: 0.2 <= row["metrics"].get("rmse", 1) < 0.8 and row["missing"] != [],
        lambda row: -row["metrics"]["rmse"],
    ),
    ({"metric": ["auc=0.5"], "sort": "created_at"}, lambda row: "auc" in row["metrics"], lambda _: 0),
    (
        {"dataset": ["dataset-d1"], "facets": True},
        lambda row: "dataset-d1" in row["datasets"] or ("d1" in row["datasets"] and not row["prefixed_d1"]),
        lambda row: _last_if_unknown(row["quality_score"]),
    ),
    (
        {"q": "m2", "facets": True},
        lambda row: {"m2", "modelm2"} & {*row["words"]} != set(),
        lambda row: _last_if_unknown(row["quality_score"]),
    ),
    ({"q": "zebra", "sort": "created_at"}, lambda row: "zebra" in row["words"], lambda _: 0),
    (
        {"q": "mouse", "facets": True},
        lambda row: "mouse" in row["words"],
        lambda row: _last_if_unknown(row["quality_score"]),
    ),
    (
        {"q": "mouse zebra", "provenance": "incomplete"},
        lambda row: {"mouse", "zebra"} <= {*row["words"]} and row["missing"] != [],
        lambda row: _last_if_unknown(row["quality_score"]),
    ),
]

JUDGED = b"""
    SELECT model.id, model.title, model.quality_score, model.missing, model.datasets, model.analyses, model.hypotheses,
           model.metrics, model.promotion_state, model.created_at,
           EXISTS (SELECT FROM artifacts AS dataset
                   WHERE dataset.id = 'dataset-d1' AND dataset.artifact_type IN ('dataset', 'tabular_dataset')
           ) AS prefixed_d1,
           tsvector_to_array(
               model_registry_words(model.id, model.title, artifact.metadata)
               || (SELECT coalesce(told.words, '') FROM (VALUES (1)) AS one (one) LEFT JOIN model_registry_told_of(
                   array_fill(model.id COLLATE "default", ARRAY[cardinality(evidence.ids)]), evidence.ids
               ) AS told ON true)
           ) AS words
    FROM model_registry_models AS model
    JOIN artifacts AS artifact ON artifact.id = model.id
    CROSS JOIN LATERAL model_registry_told_evidence(model.datasets, model.analyses, model.hypotheses) AS evidence (ids)
"""


def _last_if_unknown(score: float | None) -> tuple[bool, float]:
    return (score is None, -(score or 0))


def check_list(
    judged: list[Judged],
    query: dict[str, Any],
    belongs: Callable[[Judged], bool],
    key: Callable[[Judged], Any],
    conn: psycopg.Connection,
) -> None:
    """Ask for a list and hold its entries, its total and a facet to the models that belong there."""
    expected = sorted(
        filter(belongs, judged), key=lambda row: (key(row), -row["created_at"].timestamp(), row["id"])
    )
    answer = list_models(**query, limit=200, conn=conn)
    assert [_shown(entry) for entry in answer["models"]] == [_verdict(row) for row in expected]
    assert answer["total"] == len(expected)
    if "facets" in answer:
        complete = sum(row["missing"] == [] for row in expected)
        counts = {one["value"]: one["count"] for one in answer["facets"]["provenance"]}
        assert counts == {
            name: number
            for name, number in (("complete", complete), ("incomplete", len(expected) - complete))
            if number
        }


def _shown(entry: ModelEntry) -> tuple[Any, ...]:
    return (
        entry["id"],
        entry["quality_score"],
        entry["provenance_missing"],
        entry["training_datasets"],
        entry["produced_by"],
        entry["tests_hypothesis"],
        entry["evaluation_metrics"],
        entry["promotion_state"],
    )


def _verdict(row: Judged) -> tuple[Any, ...]:
    return (
        row["id"],
        row["quality_score"],
        row["missing"],
        row["datasets"],
        next(iter(row["analyses"]), None),
        next(iter(row["hypotheses"]), None),
        row["metrics"],
        row["promotion_state"],
    )
