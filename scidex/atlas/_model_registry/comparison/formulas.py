"""Equations of several models beside the baseline's: what they say, not how they are written."""

from collections.abc import Mapping

from scidex.atlas._model_registry.comparison.leaves import Leaf, Path
from scidex.atlas._model_registry.contract.answers import (
    EQUAL,
    REASONS,
    ChangedTerms,
    ConfigurationRow,
    Judgement,
)
from scidex.atlas._model_registry.equations.judge import judge, read
from scidex.atlas._model_registry.equations.sides import without_idle_space
from scidex.atlas._model_registry.equations.terms import difference

# Where a reaction states how fast it is.
_RATE_LAWS = frozenset({"formula", "kinetic_law", "kinetics", "law", "propensity", "rate", "rate_law"})
# Characters of a comparison's differing formulas: reading them takes a second or two.
_MOST_READ = 100_000


class FormulaJudge:
    """Judges the formulas of one comparison, as many as can be read in a short time."""

    def __init__(self, baseline: str) -> None:
        """Begin a comparison with the model named ``baseline``."""
        self._baseline = baseline
        self._left = _MOST_READ

    def judge_row(self, row: ConfigurationRow, path: Path, settings: Mapping[str, Leaf]) -> None:
        """Add to a row how its formulas were judged; those that are equal as formulas are the same."""
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

    def _judgement(self, reference: str, formula: str) -> Judgement:
        self._left -= len(reference) + len(formula)
        return judge(reference, formula) if self._left >= 0 else "too much to read"


def _reason(judged: Mapping[str, Judgement]) -> str:
    """Say how the formulas of a row were judged; by model where not all alike."""
    reasons = {model: REASONS[judgement] for model, judgement in judged.items()}
    if len(set(reasons.values())) == 1:
        return next(iter(reasons.values()))
    return "; ".join(f"{model}: {reason}" for model, reason in reasons.items())


def _changed_terms(before: str, after: str) -> ChangedTerms:
    ours, theirs = read(before), read(after)
    if ours is None or theirs is None:
        raise ValueError(before, after)
    found = difference(ours, theirs)
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
