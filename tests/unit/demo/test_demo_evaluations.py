"""The evaluations of the demo: what the reported metrics were computed from."""

import numpy as np
import pytest
from sklearn.metrics import log_loss, mean_absolute_error, r2_score, roc_auc_score

from tests.unit.demo.demo_registry import BY_ID, ENTRIES, MODELS, Entry, metrics

EVALUATIONS = [entry for entry in ENTRIES if entry["artifact_type"] == "evaluation"]
# Half a unit of the sixth digit.
_REPORTED = 5.1e-6


def test_every_model_has_what_its_fit_can_give() -> None:
    for model in MODELS:
        of = {one["metadata"]["split"] for one in EVALUATIONS if one["metadata"]["model_id"] == model["id"]}
        trained_on = model["metadata"].get("trained_on_dataset_id")
        fitted = {"train"} if trained_on in BY_ID else set()
        folded = {"cross_validation"} if "val_roc_auc" in metrics(model) else set()
        assert of == {"test", *fitted, *folded}, model["id"]


@pytest.mark.parametrize("entry", EVALUATIONS, ids=lambda entry: str(entry["id"]))
def test_reported_metrics_are_those_of_the_predictions(entry: Entry) -> None:
    columns, reported = entry["metadata"], metrics(BY_ID[entry["metadata"]["model_id"]])
    found = _computed(columns)
    prefix = "val" if columns["split"] == "cross_validation" else columns["split"]
    assert {f"{prefix}_{name}" for name in found} <= set(reported)
    for name, value in found.items():
        assert value == pytest.approx(reported[f"{prefix}_{name}"], rel=_REPORTED)


def test_the_tables_of_one_study_share_the_ids_of_their_participants() -> None:
    ids = {
        entry["id"]: set(entry["metadata"]["sample_ids"])
        for entry in ENTRIES
        if "sample_ids" in entry["metadata"]
    }
    train, test = ids["dataset-ad-train"], ids["dataset-ad-test"]
    assert (len(train), len(test), len(train & test)) == (233, 100, 0)
    assert len(train & ids["dataset-ad-train-without-e2"]) == len(ids["dataset-ad-train-without-e2"]) == 200
    assert train | test == ids["dataset-ad-data"]
    assert not train & ids["dataset-amyloid-train"]


def _computed(columns: Entry) -> dict[str, float]:
    if columns["task"] == "regression":
        observed, predicted = np.array(columns["observed"]), np.array(columns["predicted"])
        return {
            "rmse": float(np.sqrt(np.mean((observed - predicted) ** 2))),
            "mae": float(mean_absolute_error(observed, predicted)),
            "r2": float(r2_score(observed, predicted)),
        }
    outcome = np.array([label == columns["positive"] for label in columns["observed"]])
    scores, fold = np.array(columns["scores"]), np.array(columns.get("fold", [0] * len(outcome)))
    parts = [fold == one for one in sorted(set(fold.tolist()))]
    return {
        "roc_auc": float(np.mean([roc_auc_score(outcome[part], scores[part]) for part in parts])),
        "log_loss": float(np.mean([log_loss(outcome[part], scores[part]) for part in parts])),
    }
