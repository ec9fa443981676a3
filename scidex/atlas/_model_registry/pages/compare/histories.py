"""How metrics moved over the versions of a lineage, where all compared models are versions of one."""

from collections.abc import Mapping, Sequence

from scidex.atlas._model_registry.contract.answers import MetricRow, VersionEntry
from scidex.atlas._model_registry.pages.drawing.charts import Curve, curve
from scidex.atlas._model_registry.pages.parts.named import Named
from scidex.atlas._model_registry.pages.parts.splits import held_out_first
from scidex.atlas._model_registry.pages.words.wording import direction_words

_MOST_CURVES = 12


def version_curves(
    histories: Mapping[str, Sequence[VersionEntry]] | None,
    models: Mapping[str, Named],
    metrics: Sequence[MetricRow],
) -> list[Curve]:
    """Chart the compared metrics that at least two versions report; nothing unless all models are of one lineage."""
    lineage = _one_lineage(histories or {}, models)
    drawn = [_curve(row, lineage, models) for row in held_out_first(metrics)]
    return [chart for chart in drawn if len(chart.points) > 1][:_MOST_CURVES]


def _one_lineage(
    histories: Mapping[str, Sequence[VersionEntry]], models: Mapping[str, Named]
) -> list[VersionEntry]:
    first = next(iter(histories.values()), [])
    if not all(set(models) <= set(_ids(versions)) for versions in histories.values()):
        return []
    return sorted(first, key=lambda version: version["version_number"])


def _ids(versions: Sequence[VersionEntry]) -> list[str]:
    return [version["id"] for version in versions]


def _curve(row: MetricRow, lineage: Sequence[VersionEntry], models: Mapping[str, Named]) -> Curve:
    return curve(
        row["name"],
        [
            (
                version["version_number"],
                value,
                models[version["id"]].letter if version["id"] in models else None,
            )
            for version in lineage
            if (value := version["evaluation_metrics"].get(row["name"])) is not None
        ],
        direction=direction_words(row["direction"], row["target"]),
    )
