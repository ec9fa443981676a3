"""Metrics that models report under different names, so that no row holds two of the values."""

from collections.abc import Iterator, Mapping, Sequence

from scidex.atlas._model_registry.contract.answers import MetricRow
from scidex.atlas._model_registry.entries.sentences import listed_briefly
from scidex.atlas._model_registry.metrics.kinds import split_of
from scidex.atlas._model_registry.metrics.names import parse
from scidex.atlas._model_registry.pages.parts.named import Named
from scidex.atlas._model_registry.pages.parts.statement import Statement

_MOST_NAMES = 4


def other_names(rows: Sequence[MetricRow], models: Mapping[str, Named]) -> list[Statement]:
    """Return these metrics; names are never merged, since two authors may mean different quantities."""
    return [
        Statement(
            tone="unconfirmed",
            word="Other names",
            text=f"{called} is reported under different names, which are not merged and so not compared: "
            f"{listed_briefly(names, _MOST_NAMES)}.",
            href="#metrics",
        )
        for called, names in _apart(rows, models)
    ]


def _apart(rows: Sequence[MetricRow], models: Mapping[str, Named]) -> Iterator[tuple[str, list[str]]]:
    for (called, _), alike in _by_metric(rows).items():
        by = [(row["name"], _reporting(row)) for row in alike]
        if all(len(who) == 1 for _, who in by) and len({who[0] for _, who in by}) > 1:
            yield called, [f"{name} ({models[who[0]].letter})" for name, who in by]


def _by_metric(rows: Sequence[MetricRow]) -> dict[tuple[str, bool], list[MetricRow]]:
    """Return reported rows by the metric that their names denote, those of training data apart."""
    groups: dict[tuple[str, bool], list[MetricRow]] = {}
    for row in rows:
        read = parse(row["name"])
        if read.base is None or read.is_turned or read.is_spread or read.is_rank or not _reporting(row):
            continue
        is_trained_on = (row.get("split") or split_of(row["name"])) == "train"
        groups.setdefault((read.base.name, is_trained_on), []).append(row)
    return groups


def _reporting(row: MetricRow) -> list[str]:
    return [model for model, value in row["values"].items() if value is not None]
