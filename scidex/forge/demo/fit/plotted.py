"""Data series of the figures: the held-out data that are drawn for a model."""

from typing import Any

from sklearn.metrics import roc_curve

from scidex.forge.demo.fit.tables import Vector


def roc(outcome: Vector, probability: Vector) -> dict[str, Any]:
    """Return the ROC curve of the held-out participants."""
    false_positive, true_positive, _ = roc_curve(outcome, probability)
    return {
        "chart": "ROC curve of the held-out participants",
        "x": {"label": "false positive rate", "values": false_positive.tolist()},
        "y": {"label": "true positive rate", "values": true_positive.tolist()},
    }


def against_observed(observed: Vector, predicted: Vector, unit: str) -> dict[str, Any]:
    """Return predicted against observed values of the held-out data."""
    return {
        "chart": "held-out data: predicted against observed",
        "x": {"label": f"observed, {unit}", "values": observed.tolist()},
        "y": {"label": f"predicted, {unit}", "values": predicted.tolist()},
    }
