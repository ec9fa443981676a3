"""Models with evaluations on the same samples: two of 100 rows, ten of 1,000."""

import json
import random
from collections.abc import Iterator
from typing import Any

FEW_ROWS = tuple(f"model-evaluated-few-{number}" for number in range(2))
MANY_ROWS = tuple(f"model-evaluated-many-{number}" for number in range(10))
_ROWS = {**dict.fromkeys(FEW_ROWS, 100), **dict.fromkeys(MANY_ROWS, 1000)}
_DATASET = "dataset-evaluated"

Row = tuple[Any, ...]


def artifacts(created: object) -> Iterator[Row]:
    """Yield the rows of the models, their test set and their evaluations."""
    metrics = {
        "test_roc_auc": 0.9,
        "test_accuracy": 0.8,
        "test_brier": 0.1,
        "test_log_loss": 0.4,
        "test_f1": 0.7,
    }
    yield _row(_DATASET, "dataset", {}, created)
    for number, (model, rows) in enumerate(_ROWS.items()):
        yield _row(model, "model", {"model_family": "statistical", "evaluation_metrics": metrics}, created)
        yield _row(_evaluation(model), "evaluation", _columns(number, model, rows), created)


def links() -> Iterator[Row]:
    """Yield (source, target, type)."""
    for model in _ROWS:
        yield _evaluation(model), model, "evaluates"
        yield _evaluation(model), _DATASET, "uses"


def _evaluation(model: str) -> str:
    return f"evaluation-{model}"


def _columns(number: int, model: str, rows: int) -> dict[str, Any]:
    """Draw probabilities of the positive label, better than chance, for the same samples of every model."""
    truth, draw = random.Random(rows), random.Random(number)  # noqa: S311  no secret
    ill = [truth.random() < 0.4 for _ in range(rows)]
    chances = [min(max(0.35 + 0.3 * one + draw.gauss(0, 0.2), 0.0), 1.0) for one in ill]
    return {
        "model_id": model,
        "dataset_id": _DATASET,
        "dataset_version": 1,
        "split": "test",
        "task": "binary",
        "observed": ["ill" if one else "well" for one in ill],
        "positive": "ill",
        "scores": chances,
        "scores_are": "probability",
        "sample": [f"sample-{row:05d}" for row in range(rows)],
    }


def _row(name: str, kind: str, metadata: dict[str, Any], created: object) -> Row:
    return name, kind, name, json.dumps(metadata), None, None, created, "internal", 1, None, None, True
