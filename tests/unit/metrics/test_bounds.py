"""Between which values metrics can lie."""

import pytest

from scidex.atlas._model_registry.metrics.bounds import Bounds, bounds_of


@pytest.mark.parametrize(
    ("name", "bounds"),
    [
        ("test_roc_auc", (0.0, 1.0)),
        ("val_accuracy", (0.0, 1.0)),
        ("F1 (macro)", (0.0, 1.0)),
        ("test_r2", (0.0, 1.0)),
        ("test_brier", (0.0, 1.0)),
        ("mcc", (-1.0, 1.0)),
        ("cohen_kappa", (-1.0, 1.0)),
        ("spearman", (-1.0, 1.0)),
        ("test_rmse", None),
        ("log_loss", None),
        ("aic", None),
        ("std_accuracy", None),
        ("zorp", None),
    ],
)
def test_a_metric_has_the_bounds_of_its_kind(name: str, bounds: Bounds | None) -> None:
    assert bounds_of(name) == bounds
