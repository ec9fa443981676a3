"""All metrics of an evaluation with their intervals: shares on their full scale, errors in their unit."""

from collections.abc import Sequence

from scidex.atlas._model_registry.contract.answers.evaluations import EvaluationEntry, RecomputedMetric
from scidex.atlas._model_registry.metrics.bounds import bounds_of
from scidex.atlas._model_registry.metrics.kinds import kind_of
from scidex.atlas._model_registry.metrics.titles import display_name
from scidex.atlas._model_registry.pages.drawing.bars import Bar, interval_panel, metric_axis
from scidex.atlas._model_registry.pages.drawing.picture import Panel, Picture
from scidex.atlas._model_registry.pages.drawing.tables import numbers_table
from scidex.atlas._model_registry.pages.words.numbers import interval_words, number
from scidex.atlas._model_registry.records.states import State

_DIGITS = 4
_SHARES, _CORRELATIONS = (0.0, 1.0), (-1.0, 1.0)
_TITLES = {_SHARES: "Metrics from 0 to 1", _CORRELATIONS: "Metrics from −1 to 1"}  # noqa: RUF001 -- a real minus sign
_ARROWS = {"higher": " ↑", "lower": " ↓"}


def measured_picture(entry: EvaluationEntry, title: str) -> Picture | None:
    """Return the recomputed metrics of an evaluation as dots with their 95 % intervals; None without any."""
    metrics = _once([one for one in entry["metrics"] if one["value"] is not None])
    panels = [
        *(_bounded(metrics, bounds) for bounds in (_SHARES, _CORRELATIONS)),
        *(
            _in_unit(metrics, unit)
            for unit in dict.fromkeys(
                one["unit"] for one in metrics if one["unit"] and one["metric"] != "mse"
            )
        ),
    ]
    drawn = [panel for panel in panels if panel is not None]
    if not drawn:
        return None
    return Picture(
        title=f"{_named(metrics)}: {title}",
        panels=drawn,
        table=numbers_table(
            ["Metric", "Value", "95 % interval", "Reported"],
            [_row(one, entry["state"]) for one in metrics],
            len(metrics),
        ),
        notes=_notes(entry, metrics),
    )


def _named(metrics: Sequence[RecomputedMetric]) -> str:
    return "Metrics and their 95 % intervals" if any(one["interval"] for one in metrics) else "Metrics"


def _once(metrics: Sequence[RecomputedMetric]) -> list[RecomputedMetric]:
    return list({one["metric"]: one for one in metrics}.values())


def _bounded(metrics: Sequence[RecomputedMetric], bounds: tuple[float, float]) -> Panel | None:
    own = [one for one in metrics if bounds_of(one["metric"]) == bounds]
    lowest = min((end for one in own for end in (one["value"] or 0.0, *(one["interval"] or ()))), default=0.0)
    # R² has no lower end: below zero it leaves the scale.
    return _panel(_TITLES[bounds] if lowest >= bounds[0] else "Metrics whose best is 1", own, bounds, "")


def _in_unit(metrics: Sequence[RecomputedMetric], unit: str | None) -> Panel | None:
    own = [one for one in metrics if bounds_of(one["metric"]) is None and one["unit"] == unit]
    return _panel(f"Errors in {unit}", own, None, unit or "")


def _panel(
    title: str, metrics: Sequence[RecomputedMetric], bounds: tuple[float, float] | None, unit: str
) -> Panel | None:
    bars = [
        Bar(
            label=f"{display_name(one['metric'])}{_ARROWS.get(kind_of(one['metric']).direction, '')}",
            value=one["value"],
            interval=(one["interval"][0], one["interval"][1]) if one["interval"] else None,
            series=0,
        )
        for one in metrics
        if one["value"] is not None
    ]
    if not bars:
        return None
    said = ", ".join(f"{bar.label} {number(bar.value, _DIGITS)}" for bar in bars)
    return interval_panel(title, bars, metric_axis(unit, bounds, bars), said)


def _row(one: RecomputedMetric, state: State) -> list[str]:
    none = one["no_interval"] or "none" if state == "sound" else f"none: {state}"
    interval = interval_words(one["interval"], _DIGITS) if one["interval"] else none
    return [
        display_name(one["metric"]),
        number(one["value"], _DIGITS),
        interval,
        number(one["reported"], _DIGITS),
    ]


def _notes(entry: EvaluationEntry, metrics: Sequence[RecomputedMetric]) -> list[str]:
    why = {one["no_interval"] for one in entry["metrics"] if one["no_interval"]}
    notes = ["↑ higher is better, ↓ lower is better."]
    notes += [f"A dot without a bar has no interval: {'; '.join(sorted(why))}."] if why else []
    if entry["caveat"]:
        notes.append(f"{entry['caveat'][:1].upper()}{entry['caveat'][1:]}.")
    if not any(one["interval"] for one in metrics):
        return notes
    notes.append(
        "The intervals describe these samples only. The model and the data set are fixed: the effects of retraining, "
        "of another site and of tuning on these samples are not included."
    )
    return notes
