"""The metrics that decide, held-out ones of two models, the declared headline first; and who earns a star.

Every further metric is another chance for equal models to differ: compared on eleven metrics, one pair in five would
get a star somewhere. So a later metric earns a star only where the first names the same model.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from scidex.atlas._model_registry.contract.answers import Comparison, MetricRow
from scidex.atlas._model_registry.pages.parts.splits import group_of, held_out_first

_FEWEST = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class LookedAt:
    """The held-out metrics that two models have, in the order they decide.

    ``declared_by``: the models that name the first one as their headline.
    """

    rows: Sequence[MetricRow]
    declared_by: Sequence[str]

    @property
    def headline(self) -> MetricRow | None:
        """The first metric; None without any."""
        return self.rows[0] if self.rows else None

    def star(self, row: MetricRow) -> str | None:
        """Return the model that earns a star on a metric: both the data of the metric and the headline name it."""
        best = told_best(row)
        headline = self.headline
        if best is None or headline is None or all(row is not one for one in self.rows):
            return None
        return best if told_best(headline) == best else None


def looked_at(comparison: Comparison) -> LookedAt:
    """Return the metrics that decide, those with evidence first, so that the first can name a best model."""
    rows = [row for row in held_out_first(comparison["metrics"]) if _decides(row)]
    declared = _declared(comparison)
    first = {model["headline"]["metric"] for model in comparison["models"] if model["headline"]}
    # Of several headlines one that names no best goes first: a model is not best by the headline of another alone.
    ranked = sorted(
        rows,
        key=lambda row: (
            row["name"] not in declared,
            not row.get("evidence"),
            row["name"] not in first,
            row.get("distinguished") is True and len(first) > 1,
        ),
    )
    return LookedAt(rows=ranked, declared_by=declared.get(ranked[0]["name"], []) if ranked else [])


def told_best(row: MetricRow) -> str | None:
    """Return the model that evaluations name as the best; None where they name none or several."""
    return row.get("leaders", [None])[0] if row.get("distinguished") is True else None


def reports(row: MetricRow) -> int:
    """Return how many models have a value."""
    return sum(value is not None for value in row["values"].values())


def _decides(row: MetricRow) -> bool:
    is_judged = row["direction"] not in {"neutral", "unknown"} and row["comparable"] is not False
    return group_of(row) == "test" and is_judged and reports(row) >= _FEWEST


def _declared(comparison: Comparison) -> dict[str, list[str]]:
    """Return who declares the headline metric, where all models that declare one declare the same; else nothing."""
    named: dict[str, list[str]] = {}
    for row in comparison["metadata_diff"]:
        if row["path"] == "headline_metric":
            for model, value in row["values"].items():
                if value is not None:
                    named.setdefault(str(value["value"]), []).append(model)
    return named if len(named) == 1 else {}
