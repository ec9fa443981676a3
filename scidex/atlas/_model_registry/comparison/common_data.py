"""Whether two values of a metric rest on the same data, in the same version."""

from scidex.atlas._model_registry.comparison.data_versions import DataVersion
from scidex.atlas._model_registry.comparison.findings import Finding, refused, undecided
from scidex.atlas._model_registry.comparison.measurements import Measurement


def trained_on_the_same(a: Measurement, b: Measurement) -> Finding | None:
    """Refuse information criteria and likelihoods of models that are not known to be fitted to the same data."""
    if not _weighs_the_fit(a, b) or _same_pinned_data(a, b):
        return None
    if silent := _without_training_data(a, b):
        why = f"the training data of {silent} is not known"
    elif _names(a) == _names(b) and not _pins_differ(a, b):
        why = f"{_unpinned(a, b)}, so it may have changed between them"
    else:
        why = f"{a.model} was fitted to {_listed(a)} and {b.model} to {_listed(b)}"
    return refused(f"{a.metric} compares only between models fitted to the same data: {why}")


def measured_on_the_same(a: Measurement, b: Measurement) -> Finding | None:
    """Refuse values measured on different data; leave open what is not declared by both."""
    declared = bool(a.declared.dataset), bool(b.declared.dataset)
    if a.kind.compares == "size" or _weighs_the_fit(a, b):
        return _evaluated_on_the_same(a, b) if all(declared) else None
    if {a.declared.split, b.declared.split} in ({"train"}, {"cv"}) and not any(declared):
        return _of_the_same_training_data(a, b)
    return _evaluated_on_the_same(a, b)


def _evaluated_on_the_same(a: Measurement, b: Measurement) -> Finding | None:
    first, second = a.evaluated_on, b.evaluated_on
    if first is None and second is None:
        return undecided(f"neither {a.model} nor {b.model} declares what {a.metric} was measured on")
    if first is None or second is None:
        silent, speaking = (b, a) if first else (a, b)
        return undecided(
            f"{speaking.model} measured {a.metric} on {speaking.evaluated_on}; "
            f"{silent.model} does not declare what it measured it on"
        )
    if first.id == second.id and not _pins_clash(first, second):
        return None
    return refused(f"{a.metric} was measured on {first} by {a.model} and on {second} by {b.model}")


def _of_the_same_training_data(a: Measurement, b: Measurement) -> Finding | None:
    if _same_pinned_data(a, b):
        return None
    if silent := _without_training_data(a, b):
        return undecided(f"{a.metric} was measured on training data, and that of {silent} is not known")
    if _names(a) == _names(b) and not _pins_differ(a, b):
        return undecided(f"{a.metric} was measured on training data, and {_unpinned(a, b)}")
    return refused(
        f"{a.metric} was measured on training data, which is {_listed(a)} for {a.model} "
        f"and {_listed(b)} for {b.model}"
    )


def _weighs_the_fit(a: Measurement, b: Measurement) -> bool:
    """Say whether the metric is a likelihood of the training data; of held-out data it is a score like any other."""
    held_out = {"cv", "val", "test"}
    return a.kind.compares == "likelihood" and not {a.declared.split, b.declared.split} & held_out


def _same_pinned_data(a: Measurement, b: Measurement) -> bool:
    return bool(a.trained_on) and a.trained_on == b.trained_on and not _unpinned(a, b)


def _without_training_data(a: Measurement, b: Measurement) -> str:
    return " and ".join(measurement.model for measurement in (a, b) if not measurement.trained_on)


def _unpinned(a: Measurement, b: Measurement) -> str:
    return " and ".join(
        f"{measurement.model} does not pin {version.id} to a version"
        for measurement in (a, b)
        for version in measurement.trained_on
        if version.pinned is None
    )


def _pins_differ(a: Measurement, b: Measurement) -> bool:
    return any(_pins_clash(*pair) for pair in zip(a.trained_on, b.trained_on, strict=True))


def _pins_clash(a: DataVersion, b: DataVersion) -> bool:
    return a.pinned is not None and b.pinned is not None and a.pinned != b.pinned


def _names(measurement: Measurement) -> list[str]:
    return [version.id for version in measurement.trained_on]


def _listed(measurement: Measurement) -> str:
    return " and ".join(map(str, measurement.trained_on))
