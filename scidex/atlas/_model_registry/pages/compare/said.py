"""Words on a row of the metric table: whether its values compare, and what the samples show."""

from collections.abc import Mapping
from typing import Literal

from scidex.atlas._model_registry.contract.answers import MetricRow
from scidex.atlas._model_registry.entries.criteria import rivals
from scidex.atlas._model_registry.entries.sentences import listed, listed_briefly
from scidex.atlas._model_registry.metrics.kinds import kind_of
from scidex.atlas._model_registry.pages.compare.distinction import (
    NO_EVIDENCE,
    is_evident,
    is_undecided,
    sample_words,
    why_nobody,
    with_letters,
)
from scidex.atlas._model_registry.pages.compare.looked_at import LookedAt, reports, told_best
from scidex.atlas._model_registry.pages.parts.named import Named, letters, reason_of
from scidex.atlas._model_registry.pages.parts.splits import group_of

StandingInRow = Literal["best", "ahead", "reported", "in-sample", "none"]

_COMPARABILITY = {True: "Yes", False: "No", None: "Cannot be told"}
_IN_SAMPLE = frozenset({"training", "fit"})


def standing(row: MetricRow, model_id: str, decisive: LookedAt) -> StandingInRow:
    """Return the rank of a value.

    ``best``: the samples of held-out data show it. ``ahead``: they show it on this metric alone, or on other data.
    ``reported``: it is the best as reported. ``in-sample``: it is the best on the data that the models were fitted to,
    by two or more where it is an information criterion.
    """
    if group_of(row) in _IN_SAMPLE:
        return "in-sample" if model_id in row["best"] and not rivals(row) else "none"
    if row.get("evidence"):
        if decisive.star(row) == model_id:
            return "best"
        if told_best(row):
            return "ahead" if told_best(row) == model_id else "none"
        if is_undecided(row):
            return "none"
    return "reported" if model_id in row["best"] else "none"


def comparability(row: MetricRow) -> str:
    """Return in a word whether the values compare, as declared or as predictions of the same samples show."""
    if reports(row) <= 1:
        return "Reported by one model only"
    return _COMPARABILITY[True if _is_shown_by_evidence(row) else row["comparable"]]


def reason(row: MetricRow, models: Mapping[str, Named]) -> str | None:
    """Return why the values compare or not, with the letters of the models."""
    if reports(row) <= 1:
        return None
    if _is_shown_by_evidence(row):
        return "recomputed from predictions of the same samples"
    if row.get("finding"):
        return reason_of(row, models)
    if not row["comparable"] or kind_of(row["name"]).compares == "size":
        return None
    return "fitted to the same data" if group_of(row) == "fit" else "measured on the same data"


def _is_shown_by_evidence(row: MetricRow) -> bool:
    return bool(row.get("recomputed") and row.get("evidence")) or (
        row["comparable"] is None and is_evident(row)
    )


def samples_say(row: MetricRow, models: Mapping[str, Named], decisive: LookedAt) -> str | None:
    """Return in a few words, with a mark, what the samples show of a metric; None if they show nothing."""
    if reports(row) <= 1 or row["comparable"] is False or group_of(row) == "sizes":
        return None
    if group_of(row) in _IN_SAMPLE:
        near = f"≈ Less than 2 apart: {listed(letters(models, rivals(row)))}. " if rivals(row) else ""
        return f"{near}In-sample: says little about new data." if row["best"] else None
    if row.get("fallen"):
        why = why_nobody(row, models)
        return f"≈ {why[0].upper()}{why[1:]}."
    evidence = row.get("evidence")
    if evidence is None:
        return f"☆ {NO_EVIDENCE[0].upper()}{NO_EVIDENCE[1:]}." if row["best"] else None
    samples = sample_words(evidence)
    outside = [f"{models[one].letter} {why}" for one, why in evidence["without"].items() if one in models]
    beside = f" Outside: {listed_briefly(outside)}." if outside else ""
    return f"{_told(row, models, decisive, samples)}{beside}"


def _told(row: MetricRow, models: Mapping[str, Named], decisive: LookedAt, samples: str) -> str:
    if best := told_best(row):
        if decisive.star(row):
            return f"★ {models[best].letter} is told from the others by {samples}."
        return f"{models[best].letter} is ahead by {samples}, on this metric but not on the first."
    if is_undecided(row) and len(row.get("leaders", [])) > 1:
        return f"≈ Not told apart: {listed(letters(models, row.get('leaders', [])))}."
    if is_undecided(row):
        return "≈ The leader reports another value than its predictions give."
    why = row.get("evidence_reason")
    return f"≈ {with_letters(why, models)}." if why else "≈ Not every model was evaluated on these samples."
