"""How a setting of a model differs from the baseline's: values by size and unit, formulas by algebra."""

from collections.abc import Mapping

from scidex.atlas._model_registry.comparison.leaves import Leaf, Path
from scidex.atlas._model_registry.comparison.ranking import quotient
from scidex.atlas._model_registry.comparison.values import value_kind
from scidex.atlas._model_registry.contract.answers import (
    EQUAL,
    REASONS,
    ChangedTerms,
    ChangeKind,
    ConfigurationRow,
    EquationJudgement,
)
from scidex.atlas._model_registry.equations.judge import judge_formulas, read_formula
from scidex.atlas._model_registry.equations.sides import without_idle_space
from scidex.atlas._model_registry.equations.terms import term_difference
from scidex.atlas._model_registry.metrics.notation import stated
from scidex.atlas._model_registry.metrics.unit_doubts import doubt
from scidex.atlas._model_registry.metrics.units import numbers_equal, on_one_scale
from scidex.atlas._model_registry.records.models import Json
from scidex.atlas._model_registry.records.values import as_number

# Keys under which a reaction states its rate.
_RATE_LAWS = frozenset({"formula", "kinetic_law", "kinetics", "law", "propensity", "rate", "rate_law"})
# Characters of a comparison's differing formulas: reading them takes a second or two.
_MOST_READ = 100_000
# Values that have units, and how settings differ of which one may be a multiple of the other.
_WITH_UNITS = frozenset({"number", "list"})
_COMPARED = frozenset({"same", "changed"})


def change(own: Leaf | None, baseline: Leaf | None, *, expression: bool = False) -> ChangeKind:
    """Return the kind of change from the baseline's setting; in an ``expression`` space around signs is ignored."""
    if own is baseline:
        return "same"
    if own is None or baseline is None:
        return "added" if baseline is None else "removed"
    if same(own, baseline, expression=expression):
        return "same"
    if untold(own, baseline):
        return "unknown"
    return "changed" if value_kind(own.value) == value_kind(baseline.value) else "type_changed"


def setting_ratio(own: Leaf | None, baseline: Leaf | None, kind: ChangeKind) -> float | None:
    """Return a setting over the baseline's in one unit; None unless both are numbers in units that convert.

    ``kind`` is how the two differ.
    """
    if own is None or baseline is None or kind not in _COMPARED:
        return None
    pair = _numbers(own, baseline)
    return None if pair is None else quotient(*pair)


def untold(own: Leaf, baseline: Leaf) -> str | None:
    """Return why it cannot be told how two different settings differ; None where it can."""
    if own.unreadable or baseline.unreadable:
        return "a number is outside the range of double precision"
    if own.unit is None and baseline.unit is None:  # as most settings
        return None
    kind = value_kind(own.value)
    has_unit = kind in _WITH_UNITS and kind == value_kind(baseline.value)
    return doubt(own.unit, baseline.unit) if has_unit else None


def same(a: Leaf, b: Leaf, *, expression: bool = False) -> bool:
    """Return whether two settings are the same, numbers within rounding and after conversion."""
    if a.unreadable or b.unreadable or value_kind(a.value) != value_kind(b.value):
        return False
    if a.value == b.value and a.unit == b.unit and not isinstance(a.value, (list, dict)):
        return True
    if (pair := _numbers(a, b)) is not None:
        return numbers_equal(*pair)
    match a.value, b.value:
        case list() as first, list() as second:
            inner = ((Leaf(x, a.unit), Leaf(y, b.unit)) for x, y in zip(first, second, strict=False))
            return len(first) == len(second) and all(same(x, y, expression=expression) for x, y in inner)
        case dict() as first, dict() as second:
            inner = (
                (Leaf(first[key], a.unit), Leaf(second[key], b.unit)) for key in first.keys() & second.keys()
            )
            return first.keys() == second.keys() and all(same(x, y, expression=expression) for x, y in inner)
        case first, second:
            return stated(a.unit) == stated(b.unit) and _plain(first, expression) == _plain(
                second, expression
            )


def _numbers(a: Leaf, b: Leaf) -> tuple[float, float] | None:
    first, second = as_number(a.value), as_number(b.value)
    return None if first is None or second is None else on_one_scale(first, a.unit, second, b.unit)


def _plain(value: Json, expression: bool) -> Json:  # noqa: FBT001 - private, always the same flag
    return without_idle_space(value) if expression and isinstance(value, str) else value


class FormulaJudge:
    """Judges the formulas of one comparison, up to a number of characters that takes a second or two to read."""

    def __init__(self, baseline: str) -> None:
        """Begin a comparison with the model named ``baseline``."""
        self._baseline = baseline
        self._left = _MOST_READ

    def judge_row(self, row: ConfigurationRow, path: Path, settings: Mapping[str, Leaf]) -> None:
        """Add to a row how its formulas were judged; formulas that are equal count as the same."""
        unit = settings[self._baseline].unit if self._baseline in settings else None
        formulas = {
            model: str(leaf.value)
            for model, leaf in settings.items()
            if _is_formula(path, leaf) and leaf.unit == unit
        }
        reference = formulas.get(self._baseline)
        if reference is None:
            return
        judged = {
            model: self._judgement(reference, formula)
            for model, formula in formulas.items()
            if without_idle_space(formula) != without_idle_space(reference)
        }
        if not judged:
            return
        row["change"] |= {model: "same" for model, judgement in judged.items() if judgement == EQUAL}
        row["equal"] = set(row["change"].values()) == {"same"}
        row["reason"] = "; ".join(filter(None, [row.get("reason"), _reason(judged)]))
        row["judged"] = judged
        differing = [model for model, judgement in judged.items() if judgement == "not shown to be equal"]
        if differing:
            row["terms"] = {model: _changed_terms(reference, formulas[model]) for model in differing}

    def _judgement(self, reference: str, formula: str) -> EquationJudgement:
        self._left -= len(reference) + len(formula)
        return judge_formulas(reference, formula) if self._left >= 0 else "too much to read"


def _reason(judged: Mapping[str, EquationJudgement]) -> str:
    """Return how the formulas of a row were judged, by model where judgements differ."""
    reasons = {model: REASONS[judgement] for model, judgement in judged.items()}
    if len(set(reasons.values())) == 1:
        return next(iter(reasons.values()))
    return "; ".join(f"{model}: {reason}" for model, reason in reasons.items())


def _changed_terms(before: str, after: str) -> ChangedTerms:
    ours, theirs = read_formula(before), read_formula(after)
    if ours is None or theirs is None:
        raise ValueError(before, after)
    found = term_difference(ours, theirs)
    return {
        "added": found.added,
        "removed": found.removed,
        "changed": [{"before": first, "after": second} for first, second in found.changed],
        "within": found.within,
    }


def _is_formula(path: Path, leaf: Leaf) -> bool:
    if not isinstance(leaf.value, str):
        return False
    match path[0]:
        case "equations":
            return True
        case "reactions":
            return path[-1] in _RATE_LAWS
        case "formula":  # with ~ it is one of statistics
            return "~" not in leaf.value
        case _:
            return leaf.is_computed
