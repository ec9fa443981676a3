"""What of ``where`` an index answers: comparisons of metrics that must all hold, and no others."""

import pytest

from scidex.atlas._model_registry.contract.query import model_query
from scidex.atlas._model_registry.contract.where import where
from scidex.atlas._model_registry.store.indexed import indexed


@pytest.mark.parametrize(
    ("asked", "moved", "left"),
    [
        ("auc >= 0.9", ["auc >= 0.9"], None),
        ("auc >= 0.9 and log_loss < 0.3", ["auc >= 0.9", "log_loss < 0.3"], None),
        ("0.1 < rmse <= 0.5", ["rmse > 0.1", "rmse <= 0.5"], None),
        ("auc >= 0.9 and (lacks aic or aic < 3)", ["auc >= 0.9"], "lacks aic or aic < 3"),
        ("auc >= 0.9 and (aic < 3 and not bic = 1)", ["auc >= 0.9", "aic < 3"], "not bic = 1"),
        ("auc >= 0.9 or aic < 3", [], "auc >= 0.9 or aic < 3"),
        ("not auc >= 0.9", [], "not auc >= 0.9"),
        ("auc != 0.9", [], "auc != 0.9"),
        ("quality_score > 0.5", [], "quality_score > 0.5"),
        (
            "a > 1 and b > 1 and c > 1 and d > 1 and e > 1 and a < 9",
            ["a > 1", "b > 1", "c > 1", "d > 1", "a < 9"],
            "e > 1",
        ),
    ],
)
def test_comparisons_that_must_hold_are_moved(asked: str, moved: list[str], left: str | None) -> None:
    found = indexed(model_query(where=asked, metric=["f1>0"]))
    written = [f"{one.name} {one.operator} {one.value}" for one in found.metrics]
    assert written == ["f1 > 0", *moved]
    assert (found.where and found.where.tree) == (where(left).tree if left else None)


def test_without_conditions_the_query_stays_as_it_is() -> None:
    query = model_query(metric=["f1>0"])
    assert indexed(query) is query
