"""The pictures of evaluations that suit a task, for one model or several that pair."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final, cast

from scidex.atlas._model_registry.pages.drawing.bars import recall_picture
from scidex.atlas._model_registry.pages.drawing.calibration import calibration_picture
from scidex.atlas._model_registry.pages.drawing.confusion import confusion, confusion_picture
from scidex.atlas._model_registry.pages.drawing.discrimination import Classified, roc_picture
from scidex.atlas._model_registry.pages.drawing.fits import (
    DrawnFit,
    Pairs,
    Residuals,
    fit_over_x,
    observed_against_predicted,
)
from scidex.atlas._model_registry.pages.drawing.picture import Picture, Series
from scidex.atlas._model_registry.pages.parts.samples import group_noun
from scidex.atlas._model_registry.records.evaluations import NOT_CALLED, Called, Columns, Curve, Split

DrawnColumns = tuple[Series, Columns]

# In the order of the page.
SPLIT_NAMES: Final[Mapping[Split, str]] = {
    "test": "Test data",
    "validation": "Validation data",
    "cross_validation": "Cross-validation",
    "train": "Training data: seen when it was fitted",
}

_UNWEIGHTED = "Rows are counted, not weighted."


def pictures(models: Sequence[DrawnColumns], called: Called = NOT_CALLED) -> list[Picture]:
    """Return the pictures of evaluations that pair; empty without any. The first fixes task, axis and unit."""
    if not models:
        return []
    like = [model for model in models if model[1].task == models[0][1].task]
    match models[0][1].task:
        case "regression":
            return _regression(like, group_noun(called), called.quantity or "value")
        case "binary":
            found = [*_scored(like), *_matrices(like, is_binary=True)]
        case "multiclass":
            found = _matrices(like, is_binary=False)
    are_weighted = any(columns.weights is not None for _, columns in like)
    return [replace(one, notes=[*one.notes, _UNWEIGHTED]) for one in found] if are_weighted else found


def _regression(models: Sequence[DrawnColumns], noun: str, quantity: str) -> list[Picture]:
    first = models[0][1]
    residuals = [
        Residuals(series=series, rows=_pairs(columns.observed, columns.predicted), samples=_names(columns))
        for series, columns in models
        if columns.predicted is not None
    ]
    scatter = [observed_against_predicted(residuals, _with_unit(quantity, first.unit))] if residuals else []
    if first.x is None:
        return scatter
    on_axis = [
        (series, columns)
        for series, columns in models
        if columns.x is not None and (columns.x.name, columns.x.unit) == (first.x.name, first.x.unit)
    ]
    over = fit_over_x(
        _by_group(first, first.x.values, first.observed),
        [_fit(series, columns) for series, columns in on_axis],
        _with_unit(first.x.name, first.x.unit),
        _with_unit(quantity, first.unit),
        noun,
    )
    return [over, *scatter]


def _fit(series: Series, columns: Columns) -> DrawnFit:
    """Return a model's predictions over x: its dense curve or, without one, the predictions of the rows."""
    x, predicted = columns.x, columns.predicted
    rows = _by_group(columns, x.values, predicted) if x is not None and predicted is not None else {}
    curves = _curves(columns.curve) if columns.curve else rows
    return DrawnFit(series=series, is_dense=columns.curve is not None, curves=curves, rows=rows)


def _curves(curve: Curve) -> Mapping[str, Pairs]:
    curves: dict[str, list[tuple[float, float]]] = {}
    for group, *point in zip(curve.group or [""] * len(curve.x), curve.x, curve.predicted, strict=True):
        curves.setdefault(group, []).append((point[0], point[1]))
    return curves


def _by_group(columns: Columns, x: Sequence[float], y: Sequence[float | str]) -> dict[str, Pairs]:
    groups: dict[str, list[tuple[float, float]]] = {}
    for group, *pair in zip(columns.group or [""] * len(x), x, y, strict=True):
        groups.setdefault(group or "", []).append(cast("tuple[float, float]", tuple(pair)))
    return {group: sorted(pairs) for group, pairs in groups.items()}


def _scored(models: Sequence[DrawnColumns]) -> list[Picture]:
    scored = [_classified(series, columns) for series, columns in models if columns.scores is not None]
    are_probabilities = all(columns.scores_are == "probability" for _, columns in models)
    drawn = [roc_picture(scored), calibration_picture(scored) if are_probabilities else None]
    return [picture for picture in drawn if picture is not None]


def _classified(series: Series, columns: Columns) -> Classified:
    return Classified(
        series=series,
        is_positive=[label == columns.positive for label in columns.observed],
        scores=columns.scores or (),
        decided=[label == columns.positive for label in _decided(columns)],
        threshold=columns.threshold,
        has_band=_are_independent(columns),
    )


def _decided(columns: Columns) -> Sequence[str]:
    """Return the predicted class of each row, else the class by the scores."""
    if columns.predicted is not None:
        return cast("Sequence[str]", columns.predicted)
    if columns.scores is not None:
        positive = columns.positive or ""
        other = next((str(label) for label in columns.observed if label != positive), f"not {positive}")
        return [positive if score >= columns.threshold else other for score in columns.scores]
    scores = columns.class_scores or {}
    return [max(scores, key=lambda label: scores[label][row]) for row in range(len(columns.observed))]


def _matrices(models: Sequence[DrawnColumns], *, is_binary: bool) -> list[Picture]:
    observed = [[str(label) for label in columns.observed] for _, columns in models]
    decided = [_decided(columns) for _, columns in models]
    classes = sorted({label for labels in [*observed, *decided] for label in labels})
    if is_binary:  # the positive class first, as in tables of diagnostic tests
        classes.sort(key=lambda label: label != models[0][1].positive)
    matrices = [
        confusion(series, seen, said, classes)
        for (series, _), seen, said in zip(models, observed, decided, strict=True)
    ]
    drawn = [confusion_picture(matrices)]
    if not is_binary:
        independent = all(_are_independent(columns) for _, columns in models)
        drawn.append(recall_picture(matrices, has_intervals=independent))
    return drawn


def _are_independent(columns: Columns) -> bool:
    return columns.group is None and columns.weights is None


def _names(columns: Columns) -> Sequence[str]:
    return columns.sample or [f"row {row}" for row in range(1, len(columns.observed) + 1)]


def _pairs(observed: Sequence[float | str], predicted: Sequence[float | str]) -> Pairs:
    return cast("Pairs", list(zip(observed, predicted, strict=True)))


def _with_unit(name: str, unit: str | None) -> str:
    return f"{name} ({unit})" if unit else name
