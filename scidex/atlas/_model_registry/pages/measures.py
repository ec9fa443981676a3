"""The metric table of the compare page: values, best marks, differences to the baseline, comparability."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from scidex.atlas._model_registry.answers import MetricRow
from scidex.atlas._model_registry.pages.cards import Named
from scidex.atlas._model_registry.pages.charts import DotChart, DotShape, Reading, dot_chart
from scidex.atlas._model_registry.pages.numbers import NOT_A_NUMBER, digits_that_distinguish, number, signed
from scidex.atlas._model_registry.pages.wording import direction_words

Mark = Literal["best", "reported", "none"]
Split = Literal["held-out", "training", "unnamed"]

_COMPARABILITY = {True: "Yes", False: "No", None: "Cannot be told"}
_HELD_OUT_PREFIXES = ("test_", "val_", "valid_", "eval_")
_SPLIT_TITLES: dict[Split, str] = {
    "held-out": "Measured on held-out data",
    "unnamed": "Split not named",
    "training": "Measured on the training data",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class MetricCell:
    """One model's value, with its unit where that is not the row's.

    ``mark`` is "reported" where the value is best as reported but may not be comparable.
    """

    text: str
    own_unit: str | None
    exact: float | None
    mark: Mark
    is_baseline: bool
    delta: str | None
    delta_word: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MetricLine:
    """One metric over the compared models."""

    name: str
    direction: str
    unit: str | None
    cells: list[MetricCell]
    chart: DotChart | None
    comparability: str
    reason: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MetricGroup:
    """The metrics of one data split."""

    title: str
    lines: list[MetricLine]


def split_of(name: str) -> Split:
    """Tell from a metric's name which data it was measured on."""
    lower = name.lower()
    if lower.startswith("train_"):
        return "training"
    return "held-out" if lower.startswith(_HELD_OUT_PREFIXES) else "unnamed"


def held_out_first(rows: Sequence[MetricRow]) -> list[MetricRow]:
    """Order metrics by the data they were measured on: held-out, not named, training."""
    splits = list(_SPLIT_TITLES)
    return sorted(rows, key=lambda row: splits.index(split_of(row["name"])))


def metric_groups(
    rows: Sequence[MetricRow], models: Mapping[str, Named], *, only_differences: bool
) -> list[MetricGroup]:
    """Lay out the metric table, held-out data first; ``only_differences`` leaves out rows that are equal."""
    shown = [row for row in rows if not (only_differences and _is_equal(row))]
    groups = []
    for split, title in _SPLIT_TITLES.items():
        lines = [_line(row, models) for row in shown if split_of(row["name"]) == split]
        if lines:
            groups.append(MetricGroup(title=title, lines=lines))
    return groups


def _is_equal(row: MetricRow) -> bool:
    return len(set(row["values"].values())) == 1


def _line(row: MetricRow, models: Mapping[str, Named]) -> MetricLine:
    digits = digits_that_distinguish(row["values"].values())
    readings = [
        Reading(letter=named.letter, value=value, shape=_shape(row, named))
        for model_id, named in models.items()
        if (value := row["values"].get(model_id)) is not None
    ]
    return MetricLine(
        name=row["name"],
        direction=direction_words(row["direction"], row["target"]),
        unit=row["unit"],
        cells=[_cell(row, named, digits) for named in models.values()],
        chart=dot_chart(row["name"], readings),
        comparability=_COMPARABILITY[row["comparable"]]
        if len(readings) > 1
        else "Reported by one model only",
        reason=row["reason"],
    )


def _shape(row: MetricRow, named: Named) -> DotShape:
    if named.id in row["best"]:
        return "star"
    return "ring" if named.is_baseline else "dot"


def _cell(row: MetricRow, named: Named, digits: int) -> MetricCell:
    value = row["values"].get(named.id)
    delta = row["delta"].get(named.id)
    percentage = row["delta_percent"].get(named.id)
    text = None if delta is None else signed(delta)
    if text is not None and delta and percentage is not None:
        text += f" ({signed(percentage, 3)}%)"
    own_unit = row.get("units", {}).get(named.id, row["unit"])
    return MetricCell(
        text=NOT_A_NUMBER if named.id in row.get("not_a_number", []) else number(value, digits),
        own_unit=own_unit if own_unit != row["unit"] else None,
        exact=value,
        mark=_mark(row, named.id),
        is_baseline=named.is_baseline,
        delta=None if named.is_baseline else text,
        delta_word=None if named.is_baseline else _delta_word(row, named.id),
    )


def _mark(row: MetricRow, model_id: str) -> Mark:
    if model_id not in row["best"]:
        return "none"
    return "best" if row["comparable"] else "reported"


def _delta_word(row: MetricRow, model_id: str) -> str | None:
    delta = row["delta"].get(model_id)
    value = row["values"].get(model_id)
    if delta is None or value is None or row["comparable"] is False:
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
