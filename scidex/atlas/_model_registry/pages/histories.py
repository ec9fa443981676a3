"""How metrics moved over the versions of a lineage, where all compared models are versions of one."""

from collections.abc import Mapping, Sequence

from scidex.atlas._model_registry.answers import VersionEntry
from scidex.atlas._model_registry.pages.cards import Named
from scidex.atlas._model_registry.pages.charts import Curve, curve

_MOST_CURVES = 12


def version_curves(
    histories: Mapping[str, Sequence[VersionEntry]] | None, models: Mapping[str, Named]
) -> list[Curve]:
    """Chart each metric that at least two versions report; nothing unless all models are of one lineage."""
    if histories is None or {frozenset(_ids(versions)) for versions in histories.values()} != {
        frozenset(_ids(next(iter(histories.values()), [])))
    }:
        return []
    lineage = sorted(next(iter(histories.values())), key=lambda version: version["version_number"])
    if not set(models) <= set(_ids(lineage)):
        return []
    names = dict.fromkeys(name for version in lineage for name in version["evaluation_metrics"])
    drawn = [_curve(name, lineage, models) for name in names]
    return [chart for chart in drawn if len(chart.points) > 1][:_MOST_CURVES]


def _ids(versions: Sequence[VersionEntry]) -> list[str]:
    return [version["id"] for version in versions]


def _curve(name: str, lineage: Sequence[VersionEntry], models: Mapping[str, Named]) -> Curve:
    return curve(
        name,
        [
            (
                version["version_number"],
                version["evaluation_metrics"][name],
                models[version["id"]].letter if version["id"] in models else None,
            )
            for version in lineage
            if name in version["evaluation_metrics"]
        ],
    )
