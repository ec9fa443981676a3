"""Which metrics do not compare, or may not compare: one statement for each reason."""

from collections.abc import Mapping, Sequence

from scidex.atlas._model_registry.contract.answers import MetricRow
from scidex.atlas._model_registry.entries.sentences import listed, listed_briefly
from scidex.atlas._model_registry.pages.compare.distinction import title
from scidex.atlas._model_registry.pages.compare.looked_at import reports
from scidex.atlas._model_registry.pages.parts.named import Named, letters, reason_of
from scidex.atlas._model_registry.pages.parts.statement import Statement
from scidex.atlas._model_registry.pages.words.wording import sentence

# The words of a reason for each of several metrics.
_EACH = "each of them"


def not_comparable(rows: Sequence[MetricRow], models: Mapping[str, Named]) -> list[Statement]:
    """Return which metrics cannot be compared, and why."""
    return [_refused(same, models) for same in _by_reason(rows, models, comparable=False)]


def cannot_be_told(rows: Sequence[MetricRow], models: Mapping[str, Named]) -> list[Statement]:
    """Return for which metrics it cannot be told whether they compare, and which values are better as reported."""
    return [_unconfirmed(same, models) for same in _by_reason(rows, models, comparable=None)]


def _by_reason(
    rows: Sequence[MetricRow], models: Mapping[str, Named], *, comparable: bool | None
) -> list[list[MetricRow]]:
    by_reason: dict[str, list[MetricRow]] = {}
    for row in rows:
        if row["comparable"] is comparable and reports(row) > 1:
            by_reason.setdefault(reason_of(row, models, _EACH) or "", []).append(row)
    return list(by_reason.values())


def _named_and_why(rows: Sequence[MetricRow], models: Mapping[str, Named]) -> tuple[str, str]:
    """Return the names of metrics, and their common reason against comparing."""
    names = listed_briefly([title(row) for row in rows])
    return names, sentence(reason_of(rows[0], models, _EACH if len(rows) > 1 else "it") or "not said")


def _refused(rows: Sequence[MetricRow], models: Mapping[str, Named]) -> Statement:
    names, why = _named_and_why(rows, models)
    return Statement(tone="refused", word="Not comparable", text=f"{names} cannot be compared: {why}")


def _unconfirmed(rows: Sequence[MetricRow], models: Mapping[str, Named]) -> Statement:
    better = [_better(row, models) for row in rows if row["best"]]
    names, why = _named_and_why(rows, models)
    text = f"It is not known whether {names} can be compared: {why}"
    if better:
        text += f" The better numbers as reported: {listed_briefly(better)}."
    return Statement(tone="unconfirmed", word="Cannot be told", text=text)


def _better(row: MetricRow, models: Mapping[str, Named]) -> str:
    best = listed(letters(models, row["best"]))
    return f"{title(row)} {best}{', equal' if len(row['best']) == reports(row) else ''}"
