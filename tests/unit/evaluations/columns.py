"""The smallest metadata of an evaluation of each task."""

from typing import Any

_OF = {"model_id": "model-a", "dataset_id": "dataset-a", "dataset_version": 1, "split": "test"}


def regression(**changed: Any) -> dict[str, Any]:
    """Return a regression of three rows, changed as given."""
    return {**_OF, "task": "regression", "observed": [1, 2.5, -3], "predicted": [1.5, 2, -2], **changed}


def binary(**changed: Any) -> dict[str, Any]:
    """Return a binary task of four rows with probabilities, changed as given."""
    own = {"task": "binary", "observed": ["sick", "well", "sick", "well"], "positive": "sick"}
    return {**_OF, **own, "scores": [0.9, 0.2, 0.4, 0], "scores_are": "probability", **changed}


def multiclass(**changed: Any) -> dict[str, Any]:
    """Return a task of three classes with probabilities, changed as given."""
    scores = {"a": [0.8, 0.1, 0.3], "b": [0.1, 0.8, 0.3], "c": [0.1, 0.1, 0.4]}
    own = {"task": "multiclass", "observed": ["a", "b", "c"], "predicted": ["a", "b", "a"]}
    return {**_OF, **own, "scores": scores, "scores_are": "probability", **changed}
