"""The evidence behind a metric, for files: recomputed values, intervals and verdicts, in the row's unit."""

from collections.abc import Iterable, Sequence

from scidex.atlas._model_registry.contract.answers import MetricRow
from scidex.atlas._model_registry.entries.criteria import rivals
from scidex.atlas._model_registry.metrics.kinds import kind_of, split_of
from scidex.atlas._model_registry.metrics.units import convert_difference


def recomputed_value(row: MetricRow, model: str) -> float | None:
    """Return the recomputed value of a model; None without one."""
    evidence = row.get("evidence")
    return _in_unit(row, evidence["recomputed"].get(model)) if evidence else None


def value_interval(row: MetricRow, model: str) -> tuple[float | None, float | None]:
    """Return the ends of the 95 % interval of a model's value, each None without one."""
    evidence = row.get("evidence")
    low, high = (evidence["intervals"].get(model) if evidence else None) or (None, None)
    return _in_unit(row, low), _in_unit(row, high)


def difference_verdict(row: MetricRow, model: str) -> str | None:
    """Return how a model stands to the baseline on the same samples; None where that is not known."""
    evidence = row.get("evidence")
    apart = evidence["differences"].get(model) if evidence else None
    return apart["verdict"] if apart else None


def comparable_words(row: MetricRow) -> str:
    """Return in words whether the values compare, as reported or as recomputed from predictions of the same samples."""
    if row["comparable"] is not None:
        return "yes" if row["comparable"] else "no"
    found = row.get("evidence")
    reporting = [model for model, value in row["values"].items() if value is not None]
    if found and all(
        one in found["recomputed"] and found["agrees"].get(one) is not False for one in reporting
    ):
        return "yes, recomputed"
    return "one model only" if len(reporting) == 1 else "cannot be told"


def told_apart(row: MetricRow) -> str | None:
    """Return in words whether the samples show one model to be the best; None without evidence."""
    if row.get("evidence") is None and not row.get("fallen"):
        return None
    return {True: "yes", False: "no", None: "cannot be told"}[row.get("distinguished")]


def reasons_for_no_best(rows: Iterable[MetricRow]) -> list[str]:
    """Return why metrics have no best, each reason once: evaluations that fell."""
    reasons = [row.get("evidence_reason") for row in rows if row.get("fallen")]
    return [f"no best is named: {reason}" for reason in dict.fromkeys(reasons)]


def shown_best(row: MetricRow) -> str | None:
    """Return the model that the samples of held-out data show to be the best; None where they show none."""
    is_shown = row.get("evidence") is not None and row.get("distinguished") is True
    return row.get("leaders", [None])[0] if is_shown and not is_in_sample(row) else None


def rank(row: MetricRow, model: str) -> str | None:
    """Return in words, as the compare page does, what a value is the best of; None where it is not shown to be."""
    if is_in_sample(row):
        return "best in-sample" if model in row["best"] and not rivals(row) else None
    if shown_best(row) is not None:
        return "best" if shown_best(row) == model else None
    is_told = told_apart(row) != "no"
    return "best as reported" if is_told and model in row["best"] else None


def is_in_sample(row: MetricRow) -> bool:
    """Return whether a metric is of the data that models were fitted to, so that it says little about new data."""
    split = row.get("split") or split_of(row["name"])
    return split == "train" or (split is None and kind_of(row["name"]).compares == "likelihood")


def may_be_best(row: MetricRow) -> Sequence[str]:
    """Return the models among which the best one is, at a confidence of 95 %."""
    return row.get("leaders", ())


def in_words(row: MetricRow, model: str) -> str:
    """Return interval and verdict as they follow a value; empty without evidence."""
    low, high = value_interval(row, model)
    parts = [] if low is None or high is None else [f"[{low:.4g}, {high:.4g}]"]
    parts += [difference_verdict(row, model) or ""]
    return ", ".join(filter(None, parts))


def _in_unit(row: MetricRow, value: float | None) -> float | None:
    evidence = row.get("evidence")
    if value is None or evidence is None or not evidence["unit"] or not row["unit"]:
        return value
    return convert_difference(value, evidence["unit"], row["unit"])
