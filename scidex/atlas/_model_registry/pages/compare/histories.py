"""How metrics changed over the versions of a lineage, where all compared models are of one lineage."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from scidex.atlas._model_registry.contract.answers import MetricRow, VersionEntry
from scidex.atlas._model_registry.metrics.titles import display_name
from scidex.atlas._model_registry.pages.drawing.charts import HistoryCurve, history_curve
from scidex.atlas._model_registry.pages.parts.named import Named
from scidex.atlas._model_registry.pages.parts.scales import ends_of
from scidex.atlas._model_registry.pages.parts.splits import held_out_first
from scidex.atlas._model_registry.pages.words.wording import direction_words

_MOST_CURVES = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionCurves:
    """Charts of metrics over versions, and how many more metrics could be charted."""

    charts: list[HistoryCurve]
    left_out: int


def version_curves(
    histories: Mapping[str, Sequence[VersionEntry]] | None,
    models: Mapping[str, Named],
    metrics: Sequence[MetricRow],
) -> VersionCurves:
    """Return charts of the first metrics that two versions report; empty unless all models are of one lineage."""
    lineage = _one_lineage(histories or {}, models)
    drawn = [_curve(row, lineage, models) for row in held_out_first(metrics)]
    charts = [chart for chart in drawn if len(chart.points) > 1]
    return VersionCurves(charts=charts[:_MOST_CURVES], left_out=len(charts[_MOST_CURVES:]))


def _one_lineage(
    histories: Mapping[str, Sequence[VersionEntry]], models: Mapping[str, Named]
) -> list[VersionEntry]:
    first = next(iter(histories.values()), [])
    if not all(set(models) <= set(_ids(versions)) for versions in histories.values()):
        return []
    return sorted(first, key=lambda version: version["version_number"])


def _ids(versions: Sequence[VersionEntry]) -> list[str]:
    return [version["id"] for version in versions]


def _curve(row: MetricRow, lineage: Sequence[VersionEntry], models: Mapping[str, Named]) -> HistoryCurve:
    points = [
        (version["version_number"], value, models[version["id"]].letter if version["id"] in models else None)
        for version in lineage
        if (value := version["evaluation_metrics"].get(row["name"])) is not None
    ]
    return history_curve(
        display_name(row["name"]),
        points,
        direction=direction_words(row["direction"], row["target"]),
        ends=ends_of(row["name"], (value for _, value, _ in points)),
    )
