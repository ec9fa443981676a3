"""The version that is marked as the latest of its lineage, and another that reports a better value of held-out data."""

from collections.abc import Sequence
from dataclasses import dataclass

from scidex.atlas._model_registry.contract.answers import MetricRow, ModelDetail, VersionEntry
from scidex.atlas._model_registry.metrics.kinds import MetricKind, kind_of
from scidex.atlas._model_registry.metrics.titles import display_name
from scidex.atlas._model_registry.pages.words.addresses import compare_address
from scidex.atlas._model_registry.pages.words.numbers import (
    counted,
    digits_that_distinguish,
    interval_words,
    number,
)
from scidex.atlas._model_registry.pages.words.wording import sentence, version_words


@dataclass(frozen=True, slots=True, kw_only=True)
class BetterVersion:
    """Two versions of one lineage: the offered one, and the one with the best value of the metric."""

    metric: str
    offered: VersionEntry
    better: VersionEntry


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferedNote:
    """The sentences on the two; ``is_told`` if the samples show that the offered version is worse."""

    is_told: bool
    text: str
    compare_href: str
    compare_words: str


def better_version(model: ModelDetail) -> BetterVersion | None:
    """Return the version with a better headline metric than the one marked as latest; None where none has."""
    headline = model["headline"]
    if headline is None:
        return None
    metric = headline["metric"]
    reporting = [one for one in model["versions"] if metric in one["evaluation_metrics"]]
    offered = [one for one in reporting if one["is_latest"]]
    if len(offered) != 1:
        return None
    best = min(reporting, key=lambda one: _badness(kind_of(metric), one, metric))
    is_better = _badness(kind_of(metric), best, metric) < _badness(kind_of(metric), offered[0], metric)
    return BetterVersion(metric=metric, offered=offered[0], better=best) if is_better else None


def offered_note(model: ModelDetail, rows: Sequence[MetricRow]) -> OfferedNote | None:
    """Return a note if the offered version is not the better one; ``rows`` compare the two versions."""
    found = better_version(model)
    row = next((row for row in rows if found and row["name"] == found.metric), None)
    if found is None or row is None:
        return None
    offered, better = found.offered, found.better
    is_told = row["comparable"] is True and row.get("distinguished") is True and row["best"] == [better["id"]]
    return OfferedNote(
        is_told=is_told,
        text=f"{_reported(found, row)} {_told(found, row, is_told=is_told)}",
        compare_href=compare_address(
            [offered["id"], better["id"]], baseline=offered["id"], only_differences=False
        ),
        compare_words=f"Compare {_version(offered)} with {_version(better)}",
    )


def _badness(kind: MetricKind, version: VersionEntry, metric: str) -> float:
    value = version["evaluation_metrics"][metric]
    match kind.direction:
        case "lower":
            return value
        case "higher":
            return -value
        case "target" if kind.target is not None:
            return abs(value - kind.target)
    return 0.0


def _reported(found: BetterVersion, row: MetricRow) -> str:
    values = [one["evaluation_metrics"][found.metric] for one in (found.better, found.offered)]
    digits = digits_that_distinguish(values)
    first, second = (number(value, digits) for value in values)
    unit = f" {row['unit']}" if row["unit"] else ""
    return (
        f"{_version(found.offered)} is marked as the latest, but {_version(found.better)} reports a better "
        f"{display_name(found.metric)}: {first} against {second}{unit}."
    )


def _told(found: BetterVersion, row: MetricRow, *, is_told: bool) -> str:
    evidence = row.get("evidence")
    if not row["comparable"]:
        return f"The two values cannot be compared: {sentence(row['reason'] or 'they are of different data')}"
    if evidence is None or row.get("distinguished") is None:
        why = row.get("evidence_reason") or "not both were evaluated on the same samples"
        for one in (found.offered, found.better):
            why = why.replace(one["id"], _version(one))
        return f"Whether this is more than chance is not known: {sentence(why)}"
    samples = counted(evidence["units"], evidence["unit_kind"], evidence["units_are"])
    if not is_told:
        return f"The predictions for {samples} do not show which of the two is better."
    difference = evidence["differences"].get(found.better["id"])
    interval = difference["interval"] if difference else None
    level = number(100 * evidence["level"], 4)
    range_words = f" ({level} % interval of the difference: {interval_words(interval)})" if interval else ""
    return f"The predictions for {samples} show that {_version(found.better)} is better{range_words}."


def _version(version: VersionEntry) -> str:
    return version_words(version["version_number"])
