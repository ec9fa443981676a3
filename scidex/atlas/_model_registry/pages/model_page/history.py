"""The versions of a model's lineage: what changed in each, and how its metrics changed."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from scidex.atlas._model_registry.contract.answers import ModelDetail, VersionEntry
from scidex.atlas._model_registry.metrics.kinds import kind_of
from scidex.atlas._model_registry.metrics.titles import display_name
from scidex.atlas._model_registry.pages.drawing.charts import HistoryCurve, history_curve
from scidex.atlas._model_registry.pages.model_page.metrics import DeclaredMetric
from scidex.atlas._model_registry.pages.parts.scales import ends_of
from scidex.atlas._model_registry.pages.parts.splits import SPLIT_TITLES, split_group
from scidex.atlas._model_registry.pages.words.addresses import compare_address, model_address
from scidex.atlas._model_registry.pages.words.numbers import day, score
from scidex.atlas._model_registry.pages.words.wording import direction_words, shortened, version_words

_MOST_CURVES = 6
_CHANGELOG_LIMIT = 600
_TAG_LIMIT = 60
_SPLITS = {split: place for place, split in enumerate(SPLIT_TITLES)}


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionLine:
    """One version; ``compare_href`` compares the model of the page with it."""

    id: str
    version: str
    href: str
    marks: list[str]
    date: str | None
    score: str
    changelog: str | None
    is_this: bool
    is_previous: bool
    compare_href: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """The lineage, oldest first; ``previous`` is the version that the model was made from.

    ``latest`` is the latest version, where it is another one; ``is_newer``: this version came after it.
    """

    lines: list[VersionLine]
    previous: VersionLine | None
    latest: VersionLine | None
    is_newer: bool
    curves: list[HistoryCurve]
    curves_left_out: int


def history(model: ModelDetail, declared: Mapping[str, DeclaredMetric]) -> History:
    """Return the lineage of a model; ``declared`` holds the declarations of its metrics."""
    lines = [_line(version, model) for version in model["versions"]]
    in_use = [
        version for version in model["versions"] if version["is_latest"] and version["id"] != model["id"]
    ]
    drawn = _drawn_metrics(model)
    latest = [line for line in lines if in_use and line.id == in_use[0]["id"]]
    return History(
        lines=lines,
        previous=next((line for line in lines if line.is_previous), None),
        latest=latest[0] if latest and not model["is_latest"] else None,
        is_newer=bool(in_use) and model["version_number"] > in_use[0]["version_number"],
        curves=[_curve(name, model, declared.get(name)) for name in drawn[:_MOST_CURVES]],
        curves_left_out=len(drawn[_MOST_CURVES:]),
    )


def _line(version: VersionEntry, model: ModelDetail) -> VersionLine:
    is_this = version["id"] == model["id"]
    is_previous = not is_this and version["id"] == model["parent_version_id"]
    pair = [version["id"], model["id"]]
    return VersionLine(
        id=version["id"],
        version=version_words(version["version_number"]),
        href=model_address(version["id"]),
        marks=_marks(version, is_this=is_this, is_previous=is_previous),
        date=day(version["created_at"]) if version["created_at"] else None,
        score=score(version["quality_score"]),
        changelog=shortened(version["changelog"], _CHANGELOG_LIMIT) if version["changelog"] else None,
        is_this=is_this,
        is_previous=is_previous,
        compare_href=None
        if is_this
        else compare_address(pair, baseline=version["id"], only_differences=False),
    )


def _marks(version: VersionEntry, *, is_this: bool, is_previous: bool) -> list[str]:
    tag = version["version_tag"]
    return [
        *(["this model"] if is_this else []),
        *(["previous"] if is_previous else []),
        *(["latest"] if version["is_latest"] else []),
        *([f"tagged “{shortened(tag, _TAG_LIMIT)}”"] if tag else []),
    ]


def _drawn_metrics(model: ModelDetail) -> list[str]:
    """Return the metrics that this model and another version report: of its promotion, then of held-out data."""
    version = model["model_version"]
    noted = re.findall(r"\w+", (version["promotion_notes"] or "") if version else "")
    return [
        name
        for name in sorted(model["evaluation_metrics"], key=lambda name: (name not in noted, *_rank(name)))
        if sum(name in version["evaluation_metrics"] for version in model["versions"]) > 1
    ]


def _rank(name: str) -> tuple[int, bool, int, str]:
    without_direction = kind_of(name).direction in {"neutral", "unknown"}
    return _SPLITS[split_group(name)], without_direction, len(name), name


def _curve(name: str, model: ModelDetail, own: DeclaredMetric | None) -> HistoryCurve:
    says = own if own and own.direction else kind_of(name, own.unit if own else None)
    points = [
        (version["version_number"], value, "▸" if version["id"] == model["id"] else None)
        for version in model["versions"]
        if (value := version["evaluation_metrics"].get(name)) is not None
    ]
    return history_curve(
        display_name(name),
        points,
        direction=direction_words(says.direction or "unknown", says.target),
        ends=ends_of(name, (value for _, value, _ in points)),
    )
