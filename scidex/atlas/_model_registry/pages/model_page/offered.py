"""The version that is marked as the latest of its lineage, and another that reports a better value of held-out data."""

from collections.abc import Sequence
from dataclasses import dataclass

from scidex.atlas._model_registry.contract.answers import MetricEvidence, MetricRow, ModelDetail, VersionEntry
from scidex.atlas._model_registry.metrics.kinds import badness, kind_of
from scidex.atlas._model_registry.metrics.titles import display_name
from scidex.atlas._model_registry.pages.words.addresses import compare_address
from scidex.atlas._model_registry.pages.words.numbers import (
    counted,
    digits_that_distinguish,
    interval_words,
    number,
)
from scidex.atlas._model_registry.pages.words.wording import sentence, version_words

_PAIR, _MOST_COMPARED = 2, 10


@dataclass(frozen=True, slots=True, kw_only=True)
class BetterVersion:
    """Two versions of one lineage: the offered one, and the one with the best value of the metric.

    ``reporting`` are the ids of the versions with a value, the offered one first, the better one next, at most ten.
    """

    metric: str
    offered: VersionEntry
    better: VersionEntry
    reporting: tuple[str, ...]

    @property
    def pair(self) -> tuple[str, str]:
        """The ids of the two."""
        return self.offered["id"], self.better["id"]


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

    def bad(one: VersionEntry) -> float:
        return badness(kind_of(metric), one["evaluation_metrics"][metric])

    best = min(reporting, key=bad)
    is_better = bad(best) < bad(offered[0])
    if not is_better:
        return None
    pair = (offered[0]["id"], best["id"])
    others = [one["id"] for one in reversed(reporting) if one["id"] not in pair]
    return BetterVersion(
        metric=metric, offered=offered[0], better=best, reporting=(*pair, *others)[:_MOST_COMPARED]
    )


def tells(found: BetterVersion, rows: Sequence[MetricRow]) -> bool:
    """Return whether evaluations of the same samples cover the two among the versions of a comparison."""
    row = _row(found, rows)
    evidence = row.get("evidence") if row else None
    return row is not None and row["comparable"] is True and bool(evidence) and _covers(found, evidence)


def offered_note(model: ModelDetail, rows: Sequence[MetricRow]) -> OfferedNote | None:
    """Return a note if the offered version is not the better one; ``rows`` compare both, also beside others.

    The interval of their difference is that of the comparison, so that the two say the same.
    """
    found = better_version(model)
    row = _row(found, rows) if found else None
    if found is None or row is None:
        return None
    compared = list(row["values"])
    is_told = row["comparable"] is True and _is_shown(found, row)
    return OfferedNote(
        is_told=is_told,
        text=f"{_reported(found, row)} {_told(found, row, is_told=is_told)}",
        compare_href=compare_address(compared, baseline=found.offered["id"], only_differences=False),
        compare_words=f"Compare {_version(found.offered)} with {_version(found.better)}"
        if len(compared) == _PAIR
        else f"Compare these {number(len(compared))} versions",
    )


def _row(found: BetterVersion, rows: Sequence[MetricRow]) -> MetricRow | None:
    return next((row for row in rows if row["name"] == found.metric), None)


def _covers(found: BetterVersion, evidence: MetricEvidence | None) -> bool:
    return evidence is not None and all(one in evidence["recomputed"] for one in found.pair)


def _is_shown(found: BetterVersion, row: MetricRow) -> bool:
    """Return whether the samples show that the version is better than the offered one."""
    evidence = row.get("evidence")
    if (
        evidence is None
        or evidence["agrees"].get(found.better["id"]) is False
        or row.get("distinguished") is None
    ):
        return False
    difference = evidence["differences"].get(found.better["id"])
    return difference is not None and difference["verdict"] == "better"


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
    among = len(evidence["recomputed"])
    if not is_told:
        where = f"In the comparison of {number(among)} versions, the" if among > _PAIR else "The"
        return f"{where} predictions for {samples} do not show which of the two is better."
    interval = evidence["differences"][found.better["id"]]["interval"]
    level = number(100 * evidence["level"], 4)
    range_words = f" ({level} % interval of the difference: {interval_words(interval)})" if interval else ""
    shown = f"{_version(found.better)} is better{range_words}"
    return f"The predictions for {samples} show that {shown}; {_caution(row, among)}."


def _caution(row: MetricRow, among: int) -> str:
    if row.get("distinguished"):
        return f"this may be optimistic, as the best of {number(among)} is named by these same samples"
    return f"they do not show which of {number(among)} versions is best"


def _version(version: VersionEntry) -> str:
    return version_words(version["version_number"])
