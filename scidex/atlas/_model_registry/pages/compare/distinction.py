"""Whether the samples of evaluations distinguish the best model from the others, and the words for it."""

from collections.abc import Mapping
from typing import Final

from scidex.atlas._model_registry.contract.answers import MetricDifference, MetricEvidence, MetricRow
from scidex.atlas._model_registry.entries.sentences import listed
from scidex.atlas._model_registry.metrics.titles import display_name
from scidex.atlas._model_registry.pages.compare.looked_at import told_best
from scidex.atlas._model_registry.pages.parts.named import Named, letters
from scidex.atlas._model_registry.pages.words.numbers import (
    counted,
    digits_that_distinguish,
    interval_words,
    number,
    signed,
)

READS_HIGH: Final = "may be optimistic: this comparison names the best of its models by these same samples"
NO_EVIDENCE: Final = "as reported; no evidence of the uncertainty"
MINUS: Final = "\N{MINUS SIGN}"
_NOT_EQUAL: Final = "this does not show that they are equal"
_DIGITS = 3
# Metrics named after people keep their capital.
_NAMESAKES: Final = ("Brier", "Cohen", "Pearson", "Spearman", "Kendall", "Matthews", "Jaccard", "Dice")
_VERDICTS: Final[Mapping[str, str]] = {
    "undecided": "not told apart",
    "identical": "equal in every resample",
    "equivalent": "within the margin",
}


def difference_word(row: MetricRow, model_id: str) -> str | None:
    """Return the word for a difference to the baseline that evaluations do not confirm; None if they confirm it."""
    found = difference_to_baseline(row, model_id)
    return _VERDICTS.get(found["verdict"]) if found else None


def difference_to_baseline(row: MetricRow, model_id: str) -> MetricDifference | None:
    """Return the difference to the baseline on the same samples; None where there is none."""
    evidence = row.get("evidence")
    return evidence["differences"].get(model_id) if evidence else None


def is_evident(row: MetricRow) -> bool:
    """Return whether evaluations on the same samples cover all models that report the metric."""
    evidence = row.get("evidence")
    if evidence is None:
        return False
    reporting = [one for one, value in row["values"].items() if value is not None]
    return all(
        one in evidence["recomputed"] and evidence["agrees"].get(one) is not False for one in reporting
    )


def is_undecided(row: MetricRow) -> bool:
    """Return whether all models with a value were evaluated on the same samples, and none of them is told best."""
    return row.get("distinguished") is False


def title(row: MetricRow) -> str:
    """Return the title of a metric within a sentence: "ROC AUC (test)", "accuracy (test)"."""
    words = display_name(row["name"])
    first = words.split(" ")[0]
    is_word = first[1:].islower() and "_" not in first  # a name that is not read stays as written
    is_plain = is_word and not words.startswith(_NAMESAKES)
    return f"{words[0].lower()}{words[1:]}" if is_plain else words


def with_letters(text: str, models: Mapping[str, Named]) -> str:
    """Return a text with the letters of models in place of their ids, the longest id first."""
    for model_id in sorted(models, key=len, reverse=True):
        text = text.replace(model_id, models[model_id].letter)
    return text


def why_nobody(row: MetricRow, models: Mapping[str, Named]) -> str:
    """Return why nobody is named best on a metric whose evaluations fell, with the letters of the models."""
    return with_letters(row.get("evidence_reason") or "its evaluations are not sound", models)


def sample_words(evidence: MetricEvidence) -> str:
    """Return in words how many independent samples the numbers rest on."""
    units = counted(evidence["units"], evidence["unit_kind"], evidence["units_are"])
    if evidence["units"] == evidence["rows"]:
        return units
    return f"{units} ({counted(evidence['rows'], 'row')})"


def undecided_words(row: MetricRow, models: Mapping[str, Named]) -> str:
    """Return why the evidence on a metric names no best model."""
    evidence, leaders = row.get("evidence"), letters(models, row.get("leaders", []))
    if evidence is None or row.get("distinguished") is None:
        why = row.get("evidence_reason") or "not every model was evaluated on these samples"
        best = listed(letters(models, row["best"])) or "none"
        return f"{best} has the best value as reported; {with_letters(why, models)}"
    if len(leaders) == 1:
        return f"{leaders[0]} leads, but the value that it reports is not the one that its predictions give"
    values = _values(evidence, {one: models[one] for one in models if one in row["leaders"]})
    apart = widest(row, models)
    behind = [one for one in evidence["recomputed"] if one not in row["leaders"]]
    rest = f"; not the best: {listed(letters(models, behind))}" if behind else ""
    return (
        f"{listed(leaders)} cannot be told apart by {sample_words(evidence)}: {values}{rest}"
        f"{f'; {apart}' if apart else ''}; {_NOT_EQUAL}"
    )


def told_words(row: MetricRow, models: Mapping[str, Named]) -> str:
    """Return which model the evidence names as the best, by how much, and on how many samples."""
    evidence, best = row.get("evidence"), told_best(row)
    if evidence is None or best is None:
        return ""
    others = {one: models[one] for one in models if one in evidence["recomputed"] and one != best}
    apart = _told_difference(evidence, models, best)
    return (
        f"{models[best].letter} is best: {_values(evidence, {best: models[best]})} against "
        f"{_values(evidence, others)}{f'; {apart}' if apart else ''}, by {sample_words(evidence)}"
    )


def widest(row: MetricRow, models: Mapping[str, Named]) -> str | None:
    """Return the leaders' widest difference to the baseline, with its interval; None if the baseline does not lead."""
    evidence, leaders = row.get("evidence"), row.get("leaders", [])
    leading = [one for one in evidence["differences"] if one in leaders] if evidence else []
    if evidence is None or not leading or not any(models[one].is_baseline for one in leaders):
        return None
    return _apart(evidence, max(leading, key=lambda one: abs(evidence["differences"][one]["value"])), models)


def _told_difference(evidence: MetricEvidence, models: Mapping[str, Named], best: str) -> str | None:
    """Return how far the best model is from the baseline, or the nearest model from a baseline that is the best."""
    found = evidence["differences"]
    if not found:
        return None
    nearest = min(found, key=lambda one: abs(found[one]["value"]))
    return _apart(evidence, best if best in found else nearest, models)


def _apart(evidence: MetricEvidence, model_id: str, models: Mapping[str, Named]) -> str:
    baseline = next(named.letter for named in models.values() if named.is_baseline)
    found = evidence["differences"][model_id]
    if found["verdict"] == "identical":
        return f"{models[model_id].letter} predicts the same as {baseline}"
    lead = f"the difference {models[model_id].letter} {MINUS} {baseline} is {signed(found['value'], _DIGITS)}"
    if found["interval"] is None:
        why = evidence["no_interval"].get(model_id)
        return f"{lead}, with no interval{f': {why}' if why else ''}"
    level = number(100 * evidence["level"], 4)
    return f"{lead} ({level} % interval {interval_words(found['interval'])})"


def _values(evidence: MetricEvidence, of: Mapping[str, Named]) -> str:
    recomputed = evidence["recomputed"]
    digits = digits_that_distinguish([recomputed[model_id] for model_id in of])
    return listed(
        [f"{number(recomputed[model_id], digits)} ({named.letter})" for model_id, named in of.items()]
    )
