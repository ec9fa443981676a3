"""Whether two values of a metric rest on the same data, in the same version."""

from scidex.atlas._model_registry.comparison.datasets import DataVersion
from scidex.atlas._model_registry.comparison.measurements import Measurement
from scidex.atlas._model_registry.contract.answers import Finding, FindingCode
from scidex.atlas._model_registry.entries.sentences import listed

_HELD_OUT = frozenset({"cv", "val", "test"})


def fitted_to_the_same(a: Measurement, b: Measurement) -> Finding | None:
    """Return a finding on likelihoods and criteria built on them, unless both models were fitted to the same data."""
    if not weighs_the_fit(a, b) or _same_pinned_data(a, b):
        return None
    return _training_data(
        a, b, unknown="fitted_data_unknown", unpinned="fitted_data_unpinned", differ="fitted_data_differ"
    )


def measured_on_the_same(a: Measurement, b: Measurement) -> Finding | None:
    """Return a finding where the values were measured on different data, or a model does not declare its data."""
    declared = bool(a.declared.dataset), bool(b.declared.dataset)
    if a.kind.compares == "size" or weighs_the_fit(a, b):
        return _evaluated_on_the_same(a, b) if all(declared) else None
    if {a.declared.split, b.declared.split} in ({"train"}, {"cv"}) and not any(declared):
        return _of_the_same_training_data(a, b)
    return _evaluated_on_the_same(a, b)


def weighs_the_fit(a: Measurement, b: Measurement) -> bool:
    """Return whether the metric is a likelihood of training data; one of held-out data is a score like any other."""
    return a.kind.compares == "likelihood" and not {a.declared.split, b.declared.split} & _HELD_OUT


def _evaluated_on_the_same(a: Measurement, b: Measurement) -> Finding | None:
    first, second = a.evaluated_on, b.evaluated_on
    values = {one.model: str(one.evaluated_on) if one.evaluated_on else None for one in (a, b)}
    if first is None or second is None:
        return {"code": "data_undeclared", "values": values, "detail": None}
    if first.id == second.id and not _pins_clash(first, second):
        return None
    return {"code": "data_differ", "values": values, "detail": None}


def _of_the_same_training_data(a: Measurement, b: Measurement) -> Finding | None:
    if _same_pinned_data(a, b):
        return None
    return _training_data(
        a,
        b,
        unknown="training_data_unknown",
        unpinned="training_data_unpinned",
        differ="training_data_differ",
    )


def _training_data(
    a: Measurement, b: Measurement, *, unknown: FindingCode, unpinned: FindingCode, differ: FindingCode
) -> Finding:
    if silent := [one.model for one in (a, b) if not one.trained_on]:
        return {"code": unknown, "values": dict.fromkeys(silent), "detail": None}
    if _names(a) == _names(b) and not _pins_differ(a, b):
        loose = {one.model: listed(_unpinned(one)) for one in (a, b) if _unpinned(one)}
        return {"code": unpinned, "values": {**loose}, "detail": None}
    return {
        "code": differ,
        "values": {one.model: listed(list(map(str, one.trained_on))) for one in (a, b)},
        "detail": None,
    }


def _same_pinned_data(a: Measurement, b: Measurement) -> bool:
    return bool(a.trained_on) and a.trained_on == b.trained_on and not _unpinned(a)


def _unpinned(measurement: Measurement) -> list[str]:
    return [version.id for version in measurement.trained_on if version.pinned is None]


def _pins_differ(a: Measurement, b: Measurement) -> bool:
    return any(_pins_clash(*pair) for pair in zip(a.trained_on, b.trained_on, strict=True))


def _pins_clash(a: DataVersion, b: DataVersion) -> bool:
    return a.pinned is not None and b.pinned is not None and a.pinned != b.pinned


def _names(measurement: Measurement) -> list[str]:
    return [version.id for version in measurement.trained_on]
