"""Evaluations drawn at random, with ties and, where asked for, weights."""

from typing import Any

import numpy as np

from scidex.atlas._model_registry.records.evaluations import Columns


def regression(seed: int, rows: int = 40, **other: Any) -> Columns:
    """Draw a regression whose numbers are rounded, so that some are tied."""
    draw = np.random.default_rng(seed)
    observed = np.round(draw.normal(5, 2, rows), 1) + 20
    predicted = np.round(observed + draw.normal(0.2, 1, rows), 1)
    return Columns(
        task="regression", observed=tuple(observed), predicted=tuple(predicted), **named(rows), **other
    )


def binary(seed: int, rows: int = 60, **other: Any) -> Columns:
    """Draw probabilities of the positive label, rounded so that some are tied."""
    draw = np.random.default_rng(seed)
    truth = np.arange(rows) % 3 == 0
    scores = np.round(np.clip(0.4 + 0.2 * truth + draw.normal(0, 0.2, rows), 0.01, 0.99), 2)
    labels = tuple("ill" if one else "healthy" for one in truth)
    return Columns(
        task="binary",
        observed=labels,
        scores=tuple(scores),
        scores_are="probability",
        positive="ill",
        **named(rows),
        **other,
    )


def multiclass(seed: int, rows: int = 90, **other: Any) -> Columns:
    """Draw probabilities of three classes and the most probable one as predicted."""
    draw = np.random.default_rng(seed)
    names = ("a", "b", "c")
    truth = np.minimum(np.arange(rows) % 5, 2)
    raw = draw.dirichlet((1, 1, 1), rows) + 0.4 * np.eye(3)[truth]
    chances = raw / raw.sum(axis=1, keepdims=True)
    return Columns(
        task="multiclass",
        observed=tuple(names[i] for i in truth),
        predicted=tuple(names[i] for i in chances.argmax(axis=1)),
        class_scores={name: tuple(chances[:, i]) for i, name in enumerate(names)},
        scores_are="probability",
        **named(rows),
        **other,
    )


def weights(seed: int, rows: int) -> dict[str, Any]:
    """Draw the weights of rows."""
    drawn = np.random.default_rng(seed).uniform(0.2, 3, rows)
    return {"weights": tuple(drawn), "weights_are": "sampling"}


def named(rows: int) -> dict[str, Any]:
    """Name the samples of rows."""
    return {"sample": tuple(f"s{i:05d}" for i in range(rows))}
