"""The metric table of the compare page: values, best marks, differences to the baseline, comparability."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from scidex.atlas._model_registry.contract.answers import MetricRow
from scidex.atlas._model_registry.metrics.kinds import kind_of
from scidex.atlas._model_registry.metrics.titles import display_name
from scidex.atlas._model_registry.pages.compare.completed import of_evaluations
from scidex.atlas._model_registry.pages.compare.distinction import difference_to_baseline, difference_word
from scidex.atlas._model_registry.pages.compare.looked_at import LookedAt
from scidex.atlas._model_registry.pages.compare.said import (
    StandingInRow,
    comparability,
    reason,
    samples_say,
    standing,
)
from scidex.atlas._model_registry.pages.drawing.charts import DotChart, DotShape, Reading, dot_chart
from scidex.atlas._model_registry.pages.parts.named import Named
from scidex.atlas._model_registry.pages.parts.scales import ends_of
from scidex.atlas._model_registry.pages.parts.splits import SPLIT_TITLES, group_of
from scidex.atlas._model_registry.pages.words.numbers import (
    NOT_A_NUMBER,
    digits_that_distinguish,
    interval_words,
    number,
    signed,
    spread_beside,
)
from scidex.atlas._model_registry.pages.words.wording import direction_words

_DELTA_DIGITS = 3
_RECOMPUTED = "Recomputed from the predictions; no model reports them"
_SAME = 0.05  # share of a difference that rounding of reported values explains


@dataclass(frozen=True, slots=True, kw_only=True)
class MetricCell:
    """One model's value, with its unit where that is not the row's, and its rank."""

    text: str
    own_unit: str | None
    exact: float | None
    standing: StandingInRow
    is_baseline: bool
    delta: str | None
    delta_word: str | None
    origin: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedMetric:
    """One metric over the compared models, by its title and its reported name."""

    title: str
    name: str
    direction: str
    unit: str | None
    cells: list[MetricCell]
    chart: DotChart | None
    no_chart: str
    refused: str | None
    comparability: str
    reason: str | None
    samples: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedGroup:
    """The metrics of one data split."""

    title: str
    lines: list[ComparedMetric]


def metric_groups(
    rows: Sequence[MetricRow],
    models: Mapping[str, Named],
    decisive: LookedAt,
    *,
    only_differences: bool,
) -> list[ComparedGroup]:
    """Return the metric table, held-out data first; ``only_differences`` leaves out rows that are equal."""
    shown = [row for row in rows if not (only_differences and _is_equal(row))]
    groups = []
    for split, title in SPLIT_TITLES.items():
        lines = [_line(row, models, decisive) for row in shown if group_of(row) == split]
        if lines:
            groups.append(ComparedGroup(title=title, lines=lines))
    return groups


def recomputed_group(
    rows: Sequence[MetricRow], models: Mapping[str, Named], decisive: LookedAt
) -> list[ComparedGroup]:
    """Return the held-out metrics that evaluations give and no model reports; empty without any."""
    lines = [
        _line(of_evaluations(row, evidence), models, decisive)
        for row in rows
        if group_of(row) in {"test", "validation"} and (evidence := row.get("evidence"))
    ]
    return [ComparedGroup(title=_RECOMPUTED, lines=lines)] if lines else []


def _is_equal(row: MetricRow) -> bool:
    return len(set(row["values"].values())) == 1


def _line(row: MetricRow, models: Mapping[str, Named], decisive: LookedAt) -> ComparedMetric:
    digits = digits_that_distinguish(row["values"].values())
    readings = [
        Reading(letter=named.letter, value=value, shape=_shape(row, named, decisive))
        for model_id, named in models.items()
        if (value := row["values"].get(model_id)) is not None
    ]
    return ComparedMetric(
        title=display_name(row["name"]),
        name=row["name"],
        direction=direction_words(row["direction"], row["target"]),
        unit=row["unit"],
        cells=[_cell(row, named, digits, decisive) for named in models.values()],
        chart=dot_chart(
            display_name(row["name"]), readings, ends_of(row["name"], (reading.value for reading in readings))
        )
        if _is_on_one_scale(row)
        else None,
        no_chart="not on one scale" if len(readings) > 1 else "fewer than two values",
        refused="✗ not comparable" if row["comparable"] is False and len(readings) > 1 else None,
        comparability=comparability(row),
        reason=reason(row, models),
        samples=samples_say(row, models, decisive),
    )


def _is_on_one_scale(row: MetricRow) -> bool:
    """Return whether the values may be drawn on one scale; elsewhere a value's place would mean nothing."""
    units = {unit for unit in row.get("units", {}).values() if unit is not None}
    evidence = row.get("evidence")
    if row.get("recomputed") and evidence:
        return all(one in evidence["recomputed"] for one, value in row["values"].items() if value is not None)
    is_crowned = bool(row["best"]) or row["direction"] in {"neutral", "unknown"}
    return row["comparable"] is True or (row["comparable"] is None and is_crowned and len(units) <= 1)


def _shape(row: MetricRow, named: Named, decisive: LookedAt) -> DotShape:
    if standing(row, named.id, decisive) == "best":
        return "star"
    return "ring" if named.is_baseline else "dot"


def _cell(row: MetricRow, named: Named, digits: int, decisive: LookedAt) -> MetricCell:
    value = row["values"].get(named.id)
    own_unit = row.get("units", {}).get(named.id, row["unit"])
    text = number(value, digits)
    spread = row.get("spread", {}).get(named.id)
    return MetricCell(
        text=NOT_A_NUMBER if named.id in row.get("not_a_number", []) else spread_beside(text, spread),
        own_unit=own_unit if own_unit != row["unit"] else None,
        exact=value,
        standing=standing(row, named.id, decisive),
        is_baseline=named.is_baseline,
        delta=_delta(row, named),
        delta_word=None
        if named.is_baseline
        else difference_word(row, named.id) or _delta_word(row, named.id),
        origin=_origin(row, named.id),
    )


def _origin(row: MetricRow, model_id: str) -> str | None:
    """Return whether a value in a row of reported metrics is recomputed."""
    evidence = row.get("evidence")
    is_recomputed = (
        bool(row.get("recomputed")) and evidence is not None and model_id in evidence["recomputed"]
    )
    return "recomputed" if is_recomputed else None


def _delta(row: MetricRow, named: Named) -> str | None:
    """Return the difference to the baseline in words; None where the two do not compare."""
    delta = row["delta"].get(named.id)
    if named.is_baseline or delta is None or row["comparable"] is False:
        return None
    text, percentage = signed(delta, _DELTA_DIGITS), row["delta_percent"].get(named.id)
    interval = _interval(row, named)
    if interval is not None:
        return f"{text} ({interval})"
    # Likelihoods have no natural zero, so a percentage of one means nothing.
    if not delta or percentage is None or kind_of(row["name"]).compares == "likelihood":
        return text
    return f"{text} ({signed(percentage, _DELTA_DIGITS)}%)"


def _interval(row: MetricRow, named: Named) -> str | None:
    """Return the interval of the difference in words; None unless it belongs to the values shown."""
    found = difference_to_baseline(row, named.id)
    evidence = row.get("evidence")
    if (
        found is None
        or found["interval"] is None
        or evidence is None
        or evidence["agrees"].get(named.id) is False
    ):
        return None
    shown = row["delta"].get(named.id)
    # Values converted to the unit of the row have another difference.
    if shown is None or abs(shown - found["value"]) > _SAME * max(abs(shown), abs(found["value"]), 1e-12):
        return None
    return interval_words(found["interval"], _DELTA_DIGITS)


def _delta_word(row: MetricRow, model_id: str) -> str | None:
    delta = row["delta"].get(model_id)
    value = row["values"].get(model_id)
    if delta is None or value is None or row["comparable"] is False or row.get("fallen"):
        return None
    if delta == 0:
        return "equal"
    match row["direction"]:
        case "lower":
            return "better" if delta < 0 else "worse"
        case "higher":
            return "better" if delta > 0 else "worse"
        case "target" if row["target"] is not None:
            return _target_word(abs(value - row["target"]), abs(value - delta - row["target"]))
        case _:
            return None


def _target_word(distance: float, baseline_distance: float) -> str:
    if distance == baseline_distance:
        return "as near"
    return "better" if distance < baseline_distance else "worse"
