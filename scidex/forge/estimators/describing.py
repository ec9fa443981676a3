"""Describes a fitted object of scikit-learn, statsmodels or lmfit for the write side."""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from scidex.forge.estimators import lmfit_results, sklearn_estimators, statsmodels_results
from scidex.forge.estimators.described import CannotDescribe, Described, Fitted, HeldOut

EvaluatedMetrics = tuple[dict[str, Any], dict[str, float]]


class _Library(Protocol):
    """The reader of one library's objects: whether an object is the library's, its content, and its predictions."""

    def is_own(self, fitted: Any) -> bool: ...
    def read(self, fitted: Any) -> Fitted: ...
    def predict(self, fitted: Any, held_out: HeldOut) -> EvaluatedMetrics | None: ...


_LIBRARIES: Sequence[_Library] = (sklearn_estimators, statsmodels_results, lmfit_results)


def describe(
    fitted: Any,
    *,
    X: Any = None,  # noqa: N803  the name in these libraries
    y: Any = None,
    dataset: str | None = None,
    title: str | None = None,
    split: str = "test",
    sample: Sequence[str] | None = None,
    group: Sequence[str] | None = None,
    positive: object = None,
    unit: str | None = None,
) -> Described:
    """Return the arguments of ``register_model`` and ``register_evaluation`` for a fitted object.

    ``fitted`` is a live estimator of scikit-learn, or a result of statsmodels or lmfit; nothing is unpickled. ``X`` and
    ``y`` are held-out data, one row for each sample, and ``dataset`` is the id of their registered dataset: with both
    ``y`` and ``dataset`` there is an evaluation. ``sample`` names the rows, ``group`` their groups; ``positive`` is the
    positive label of two (by default the second class), and ``unit`` is that of ``y``.

    Raises:
        CannotDescribe: the object is of an unknown library or not fitted, or the data do not fit it.

    """
    library = _library_of(fitted)
    read = library.read(fitted)
    held_out = HeldOut(
        X=X, y=y, dataset=dataset, split=split, sample=sample, group=group, positive=positive, unit=unit
    )
    evaluated = None if y is None else library.predict(fitted, held_out)
    named = title or read.kind
    return Described(
        model={
            "title": named,
            "model_family": read.family,
            "metadata": _metadata(read, held_out, evaluated),
        },
        evaluation=_evaluation(named, held_out, evaluated),
        missing=(*read.missing, *_missing(held_out, evaluated)),
    )


def _library_of(fitted: Any) -> _Library:
    for each in _LIBRARIES:
        if each.is_own(fitted):
            return each
    kind = f"{type(fitted).__module__}.{type(fitted).__qualname__}"
    raise CannotDescribe(
        f"{kind} is neither a fitted estimator of scikit-learn nor a result of statsmodels or lmfit; "
        "register_model takes what you write yourself"
    )


def _metadata(read: Fitted, held_out: HeldOut, evaluated: EvaluatedMetrics | None) -> dict[str, Any]:
    measured = {} if evaluated is None else evaluated[1]
    metrics = {f"{held_out.split}_{name}": value for name, value in measured.items()}
    declared: dict[str, Mapping[str, object]] = {
        name: {**read.definitions.get(name, {})} for name in read.criteria
    }
    for name in metrics:
        declaration = {
            "dataset": held_out.dataset,
            "unit": held_out.unit if name.endswith(("rmse", "mae")) else None,
        }
        declared[name] = {key: value for key, value in declaration.items() if value is not None}
    metadata = {
        **read.metadata,
        "evaluation_metrics": {**read.criteria, **metrics},
        # That of most models of a kind, so that lists and comparisons hold them side by side.
        "headline_metric": next(iter(metrics), None),
        "metric_metadata": {name: each for name, each in declared.items() if each},
    }
    return {key: value for key, value in metadata.items() if value not in (None, {}, [])}


def _evaluation(title: str, held_out: HeldOut, evaluated: EvaluatedMetrics | None) -> dict[str, Any] | None:
    if evaluated is None or held_out.dataset is None:
        return None
    words = f"{title}: {held_out.split} data"
    return {"title": words, "dataset": held_out.dataset, "metadata": evaluated[0]}


def _missing(held_out: HeldOut, evaluated: EvaluatedMetrics | None) -> list[str]:
    if held_out.y is None:
        return ["predictions of held-out data: give X and y, and the dataset's id as dataset"]
    if evaluated is None:
        return ["predictions: this object predicts none"]
    missing = _unsaid_positive(held_out, evaluated[0])
    if held_out.dataset is None:
        missing.append("the dataset that X and y are: give its id as dataset, and the predictions are kept")
    if held_out.sample is None:
        missing.append(
            "ids of the samples: give them as sample, and the catalogue can tell whether samples leaked"
        )
    return missing


def _unsaid_positive(held_out: HeldOut, columns: Mapping[str, Any]) -> list[str]:
    if held_out.positive is not None or "positive" not in columns:
        return []
    taken = columns["positive"]
    others = sorted({*columns["observed"], *columns["predicted"]} - {taken})
    other = f"{', '.join(others)} is the other, " if others else ""
    return [f"which class is positive: {taken} was taken, the second in order; {other}give one as positive"]
