"""Metrics under several names are named, since no row holds two of their values."""

from typing import Any, cast

import pytest

from scidex.atlas._model_registry.contract.answers import MetricRow
from scidex.atlas._model_registry.pages.compare.distinction import title
from scidex.atlas._model_registry.pages.compare.other_names import other_names
from scidex.atlas._model_registry.pages.parts.named import Named


def said(*rows: tuple[str, float | None, float | None]) -> list[str]:
    given = [cast("MetricRow", {"name": name, "values": {"m": a, "n": b}}) for name, a, b in rows]
    models = cast("dict[str, Named]", {"m": _Letter("A"), "n": _Letter("B")})
    return [one.text for one in other_names(given, models)]


class _Letter:
    def __init__(self, letter: str) -> None:
        self.letter = letter


def test_one_metric_under_two_names_is_told() -> None:
    (text,) = said(("Accuracy", 0.9, None), ("accuracy", None, 0.8), ("rmse", 1.0, 2.0))
    assert text == (
        "accuracy is reported under different names, which are not merged and so not compared: "
        "Accuracy (A) and accuracy (B)."
    )


@pytest.mark.parametrize(
    "rows",
    [
        [("accuracy", 0.9, 0.8), ("test_accuracy", None, 0.8)],  # compared already
        [("train_accuracy", 0.9, None), ("test_accuracy", None, 0.8)],  # of other data
        [("accuracy", 0.9, None), ("Accuracy", 0.8, None)],  # of one model
        [("accuracy", 0.9, None), ("rmse", None, 2.0)],
        [("neg_rmse", -1.0, None), ("rmse", None, 2.0)],  # turned
        [("zorb", 0.9, None), ("Zorb", None, 2.0)],  # not known
    ],
)
def test_what_is_compared_or_not_the_same_is_not_told(rows: list[tuple[str, Any, Any]]) -> None:
    assert said(*rows) == []


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("RandomForest_score_b", "RandomForest_score_b"),
        ("test_accuracy", "accuracy (test)"),
        ("test_roc_auc", "ROC AUC (test)"),
    ],
)
def test_a_name_that_is_not_read_keeps_its_capitals(name: str, words: str) -> None:
    assert title(cast("MetricRow", {"name": name})) == words
