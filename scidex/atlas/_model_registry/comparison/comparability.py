"""Whether values of one metric compare, and why not."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final

from scidex.atlas._model_registry.comparison.common_data import fitted_to_the_same, measured_on_the_same
from scidex.atlas._model_registry.comparison.likelihoods import (
    by_the_same_method,
    of_the_same_definition,
    of_the_same_response,
    of_the_same_rows,
    with_weights,
)
from scidex.atlas._model_registry.comparison.measurements import Declaration, Measurement
from scidex.atlas._model_registry.contract.answers import Finding, FindingCode
from scidex.atlas._model_registry.metrics.notation import stated
from scidex.atlas._model_registry.metrics.unit_doubts import doubt
from scidex.atlas._model_registry.metrics.units import convert_difference

# A larger value is hardly a fraction: error rates may exceed 1, accuracies cannot.
_LARGEST_FRACTION = 1.5

# Findings that leave open whether values compare, but not which is best as reported.
_UNDECIDED: Final[frozenset[FindingCode]] = frozenset(
    (
        "one_model",
        "scale_undeclared",
        "unit_undeclared",
        "data_undeclared",
        "training_data_unknown",
        "training_data_unpinned",
        "definition_undeclared",
    )
)
# Findings that leave open even which value is best, as the scales may differ. All others rule out comparing.
_UNRANKED: Final[frozenset[FindingCode]] = frozenset(
    (
        "notation_unclear",
        "unit_unclear",
        "weights_undeclared",
        "weights_differ",
        "response_unclear",
        "definition_unclear",
    )
)


@dataclass(frozen=True, slots=True)
class Comparability:
    """Whether values compare (None: cannot be told) and why not.

    ``ranks``: the numbers as reported show which is best; ``on_one_scale``: their differences may be shown.
    """

    comparable: bool | None
    ranks: bool
    finding: Finding | None

    @property
    def on_one_scale(self) -> bool:
        """Return whether differences mean something, or are hidden anyway because the values do not compare."""
        return self.ranks or self.comparable is False


def judge(measurements: Sequence[Measurement]) -> Comparability:
    """Return the verdict on all values of a metric together, from the gravest finding on any two of them.

    Gravest are findings that rule out comparing, then those that leave open even the best value, then those that leave
    open whether values compare. The finding holds all models that it concerns. Models are taken in the order of their
    ids, so that the verdict does not depend on the order of columns.
    """
    by_model = sorted(measurements, key=lambda measurement: measurement.model)
    if len(by_model) == 1:
        return _of_finding({"code": "one_model", "values": {by_model[0].model: None}, "detail": None})
    findings = [
        finding
        for a, b in combinations(by_model, 2)
        for rule in _RULES
        if (finding := rule(a, b)) is not None
    ]
    if not findings:
        return Comparability(comparable=True, ranks=True, finding=None)
    gravest = min(findings, key=lambda finding: _rank(finding["code"]))
    alike = [one for one in findings if (one["code"], one["detail"]) == (gravest["code"], gravest["detail"])]
    return _of_finding(
        {**gravest, "values": {model: said for one in alike for model, said in one["values"].items()}}
    )


def _rank(code: FindingCode) -> int:
    if code in _UNDECIDED:
        return 2
    return 1 if code in _UNRANKED else 0


def _of_finding(finding: Finding) -> Comparability:
    rank = _rank(finding["code"])
    return Comparability(
        comparable=None if rank else False, ranks=finding["code"] in _UNDECIDED, finding=finding
    )


def _in_the_same_split(a: Measurement, b: Measurement) -> Finding | None:
    first, second = a.declared.split, b.declared.split
    if first is None or second is None or first == second:
        return None
    return {"code": "splits_differ", "values": {a.model: first, b.model: second}, "detail": None}


def _with_the_same_meaning(a: Measurement, b: Measurement) -> Finding | None:
    meanings = {a.model: _meaning(a.declared), b.model: _meaning(b.declared)}
    if None not in meanings.values() and meanings[a.model] != meanings[b.model]:
        return {"code": "meanings_differ", "values": meanings, "detail": None}
    if bool(a.declared.scale) != bool(b.declared.scale):
        scales = {one.model: _meaning(one.declared) if one.declared.scale else None for one in (a, b)}
        return {"code": "scale_undeclared", "values": scales, "detail": None}
    return None


def _meaning(declared: Declaration) -> str | None:
    """Return in words what a model declares its values to mean."""
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
    units = {a.model: first, b.model: second}
    if not first or not second:
        return {"code": "unit_undeclared", "values": units, "detail": None}
    why = doubt(first, second)
    return {"code": "unit_unclear" if why else "units_do_not_convert", "values": units, "detail": why}


def _in_one_notation(a: Measurement, b: Measurement) -> Finding | None:
    """Return a finding where one model may report a bounded ratio as a fraction and the other in per cent."""
    units = {stated(a.declared.unit), stated(b.declared.unit)}
    small, large = sorted((a.value, b.value))
    if not a.kind.percent or None not in units or small > 1 or large <= _LARGEST_FRACTION:
        return None
    values: dict[str, str | None] = {a.model: f"{a.value:.4g}", b.model: f"{b.value:.4g}"}
    return {"code": "notation_unclear", "values": values, "detail": None}


_RULES: Final[tuple[Callable[[Measurement, Measurement], Finding | None], ...]] = (
    _in_the_same_split,
    _with_the_same_meaning,
    _in_one_notation,
    with_weights,
    _in_units_that_convert,
    fitted_to_the_same,
    of_the_same_response,
    measured_on_the_same,
    of_the_same_rows,
    by_the_same_method,
    of_the_same_definition,
)
