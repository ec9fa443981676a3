"""Whether values of one metric may be set against each other, and in one sentence why not."""

from collections.abc import Callable, Sequence
from itertools import combinations

from scidex.atlas._model_registry.comparison.common_data import measured_on_the_same, trained_on_the_same
from scidex.atlas._model_registry.comparison.declarations import Declaration
from scidex.atlas._model_registry.comparison.findings import Finding, refused, undecided, unranked
from scidex.atlas._model_registry.comparison.measurements import Measurement
from scidex.atlas._model_registry.metrics.notation import stated
from scidex.atlas._model_registry.metrics.units import convert_difference, doubt

# What is larger is hardly a fraction: error rates pass one, accuracies do not.
_LARGEST_FRACTION = 1.5


def judge(measurements: Sequence[Measurement]) -> Finding | None:
    """Judge all values of a metric together; None if nothing stands against comparing them.

    Any two that do not compare make the whole incomparable; else any two of which it cannot be told leave it
    open, those first of which not even the best can be. Models are taken by id, so that the reason does not hang
    on the order of columns.
    """
    by_model = sorted(measurements, key=lambda measurement: measurement.model)
    if len(by_model) == 1:
        return undecided(f"only {by_model[0].model} reports {by_model[0].metric}")
    findings = [
        finding
        for a, b in combinations(by_model, 2)
        for rule in _RULES
        if (finding := rule(a, b)) is not None
    ]
    return min(findings, key=lambda finding: (finding.comparable is None, finding.ranks), default=None)


def _in_the_same_split(a: Measurement, b: Measurement) -> Finding | None:
    first, second = a.declared.split, b.declared.split
    if first is None or second is None or first == second:
        return None
    return refused(
        f"{a.metric} was measured on the {first} split by {a.model} and on the {second} split by {b.model}"
    )


def _with_the_same_meaning(a: Measurement, b: Measurement) -> Finding | None:
    first, second = _meaning(a.declared), _meaning(b.declared)
    if first and second and first != second:
        return refused(f"{a.metric} is declared {first} by {a.model} and {second} by {b.model}")
    if bool(a.declared.scale) != bool(b.declared.scale):
        silent, speaking = (b, a) if a.declared.scale else (a, b)
        return undecided(
            f"{a.metric} is {_meaning(speaking.declared)} for {speaking.model}; {silent.model} names no scale"
        )
    return None


def _meaning(declared: Declaration) -> str | None:
    """Word what a model declares its values to mean."""
    if declared.scale:
        return f"on the {declared.scale} scale"
    match declared.direction:
        case None | "unknown":
            return None
        case "target":
            return f"best near {declared.target:g}"
        case "neutral":
            return "neither better nor worse"
        case direction:
            return f"better when {direction}"


def _in_units_that_convert(a: Measurement, b: Measurement) -> Finding | None:
    first, second = a.declared.unit, b.declared.unit
    if convert_difference(b.value, second, first) is not None:
        return None
    if first and second:
        units = f"{a.metric} is in {first} for {a.model} and in {second} for {b.model}"
        why = doubt(first, second)
        return unranked(f"{units}: {why}") if why else refused(f"{units}, which do not convert")
    silent, speaking = (b, a) if first else (a, b)
    return undecided(
        f"{a.metric} is in {speaking.declared.unit} for {speaking.model}; {silent.model} states no unit"
    )


def _in_one_notation(a: Measurement, b: Measurement) -> Finding | None:
    """Doubt a ratio of which one model may report the fraction and the other per cent."""
    units = {stated(a.declared.unit), stated(b.declared.unit)}
    if not a.kind.percent or None not in units:
        return None
    small, large = sorted((a, b), key=lambda measurement: abs(measurement.value))
    if abs(small.value) <= 1 and abs(large.value) > _LARGEST_FRACTION:
        return unranked(
            f"{a.metric} is {small.value:g} for {small.model} and {large.value:g} for {large.model}: one may be a "
            "fraction and the other in per cent; declare its unit as 1 or %"
        )
    return None


_RULES: tuple[Callable[[Measurement, Measurement], Finding | None], ...] = (
    _in_the_same_split,
    _with_the_same_meaning,
    _in_one_notation,
    _in_units_that_convert,
    trained_on_the_same,
    measured_on_the_same,
)
