"""A metric over models evaluated on the same samples: values with intervals, and differences to the baseline."""

from collections.abc import Mapping

from scidex.atlas._model_registry.contract.answers import MetricEvidence, MetricRow
from scidex.atlas._model_registry.entries.sentences import listed
from scidex.atlas._model_registry.metrics.bounds import bounds_of
from scidex.atlas._model_registry.metrics.titles import display_name
from scidex.atlas._model_registry.pages.compare.distinction import MINUS
from scidex.atlas._model_registry.pages.drawing.bars import (
    Bar,
    difference_axis,
    interval_panel,
    metric_axis,
)
from scidex.atlas._model_registry.pages.drawing.picture import Panel, Picture, Table
from scidex.atlas._model_registry.pages.drawing.tables import numbers_table
from scidex.atlas._model_registry.pages.parts.named import Named
from scidex.atlas._model_registry.pages.words.numbers import counted, interval_words, number, signed

_DIGITS = 4
_LEVEL = "95 %"
_PAIR = 2
_SENSE = {"higher": "higher is better", "lower": "lower is better"}


def intervals_picture(row: MetricRow, models: Mapping[str, Named]) -> Picture | None:
    """Return a picture of the recomputed values and differences with their intervals; None without values.

    Axes of bounded metrics show the full range, so that no small difference looks large.
    """
    evidence = row.get("evidence")
    if evidence is None:
        return None
    values = _values(evidence, models)
    if not values:
        return None
    apart = _differences(evidence, models)
    sense = _SENSE.get(row["direction"], "")
    return Picture(
        title=f"{display_name(row['name'])}{f', {sense}' if sense else ''}",
        panels=[
            _value_panel(row, evidence, values),
            *([_difference_panel(row, evidence, apart, models)] if apart else []),
        ],
        table=_table(evidence, models),
        notes=_notes(evidence, models),
    )


def _values(evidence: MetricEvidence, models: Mapping[str, Named]) -> list[Bar]:
    return [
        Bar(label=named.letter, value=value, interval=_pair(evidence["intervals"].get(one)), series=place)
        for place, (one, named) in enumerate(models.items())
        if (value := evidence["recomputed"].get(one)) is not None
    ]


def _differences(evidence: MetricEvidence, models: Mapping[str, Named]) -> list[Bar]:
    baseline = _baseline(models)
    return [
        Bar(
            label=f"{named.letter} {MINUS} {baseline}",
            value=found["value"],
            interval=_pair(found["interval"]),
            series=place,
        )
        for place, (one, named) in enumerate(models.items())
        if (found := evidence["differences"].get(one))
    ]


def _value_panel(row: MetricRow, evidence: MetricEvidence, bars: list[Bar]) -> Panel:
    on = metric_axis(f"{display_name(row['name'])}{_in_unit(evidence)}", bounds_of(row["name"]), bars)
    said = ", ".join(f"{bar.label} {number(bar.value, _DIGITS)}" for bar in bars)
    return interval_panel(_titled("Values", _LEVEL, bars), bars, on, said)


def _difference_panel(
    row: MetricRow, evidence: MetricEvidence, bars: list[Bar], models: Mapping[str, Named]
) -> Panel:
    level = f"{number(100 * evidence['level'], _DIGITS)} %"
    title = f"difference to the baseline {_baseline(models)}{_in_unit(evidence)}"
    on = difference_axis(title, bounds_of(row["name"]), bars)
    said = ", ".join(f"{bar.label}: {signed(bar.value, _DIGITS)}" for bar in bars)
    return interval_panel(
        _titled("Differences", level, bars), bars, on, f"{said}. An interval that holds 0 decides nothing."
    )


def _titled(what: str, level: str, bars: list[Bar]) -> str:
    return f"{what} and {level} intervals" if any(bar.interval for bar in bars) else what


def _in_unit(evidence: MetricEvidence) -> str:
    return f" ({evidence['unit']})" if evidence["unit"] else ""


def _table(evidence: MetricEvidence, models: Mapping[str, Named]) -> Table:
    rows = []
    for one, named in models.items():
        if one not in evidence["recomputed"]:
            continue
        found = evidence["differences"].get(one)
        rows.append(
            [
                named.letter,
                number(evidence["recomputed"][one], _DIGITS),
                _interval(evidence["intervals"].get(one), evidence["no_interval"].get(one)),
                signed(found["value"], _DIGITS) if found else "baseline" if named.is_baseline else "none",
                _interval(found["interval"], None) if found else "none",
                found["verdict"] if found else "none",
            ]
        )
    level = f"{number(100 * evidence['level'], _DIGITS)} %"
    head = ["Model", "Recomputed", f"{_LEVEL} interval", "Difference", f"{level} interval", "Verdict"]
    return numbers_table(head, rows, len(rows))


def _notes(evidence: MetricEvidence, models: Mapping[str, Named]) -> list[str]:
    why: dict[str, list[str]] = {}
    for one, reason in evidence["no_interval"].items():
        why.setdefault(reason, []).append(models[one].letter)
    notes = [f"No interval for {listed(who)}: {reason}." for reason, who in why.items()]
    if evidence["resamples"]:
        units = counted(evidence["units"], evidence["unit_kind"], evidence["units_are"])
        notes.append(
            f"Intervals from {number(evidence['resamples'])} resamples of {units}. The models and the data set "
            "are fixed: the effects of retraining, of another site and of tuning on these samples are not included."
        )
        notes.extend(_level_words(evidence))
    return notes


def _level_words(evidence: MetricEvidence) -> list[str]:
    """Return why two models may be told apart alone, but not beside a third."""
    models = len(evidence["recomputed"])
    if models <= _PAIR:
        return []
    level = f"{number(100 * evidence['level'], _DIGITS)} %"
    return [
        f"With {number(models)} models each difference is given at {level}, so that "
        f"all hold together in {_LEVEL}: intervals are wider than those of two models alone, and what tells two apart "
        "may no longer tell them apart beside others."
    ]


def _baseline(models: Mapping[str, Named]) -> str:
    return next(named.letter for named in models.values() if named.is_baseline)


def _pair(interval: list[float] | None) -> tuple[float, float] | None:
    return None if interval is None else (interval[0], interval[1])


def _interval(interval: list[float] | None, why: str | None) -> str:
    return interval_words(interval, _DIGITS) if interval else why or "none"
