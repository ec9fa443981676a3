"""The two or three metrics that say most of a model, for a line in a list."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from scidex.atlas._model_registry.contract.answers import Direction
from scidex.atlas._model_registry.metrics.kinds import kind_of, split_of
from scidex.atlas._model_registry.metrics.titles import display_name
from scidex.atlas._model_registry.pages.words.numbers import number

_MOST = 3
_SPLITS = {"test": 0, "val": 1, "cv": 2, None: 3, "train": 4}
_ARROWS: dict[Direction, tuple[str, str]] = {
    "higher": ("↑", "higher is better"),
    "lower": ("↓", "lower is better"),
    "target": ("→", "best near its target"),
    "neutral": ("", "neither way is better"),
    "unknown": ("", "direction not known"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Headline:
    """A metric as people write it and as it is reported, its value, and its direction as a sign and in words."""

    title: str
    name: str
    text: str
    exact: float
    arrow: str
    direction: str


def headlines(metrics: Mapping[str, float], wanted: Sequence[str]) -> list[Headline]:
    """Choose at most three metrics: the ``wanted`` ones, then those of held-out data, those with a direction first."""
    ranked = sorted(metrics, key=lambda name: (_rank(name, wanted), len(name), name))
    return [_headline(name, metrics[name]) for name in ranked[:_MOST]]


def _rank(name: str, wanted: Sequence[str]) -> tuple[bool, int, bool, bool]:
    kind = kind_of(name)
    without_direction = kind.direction in {"neutral", "unknown"}
    return name not in wanted, _SPLITS[split_of(name)], without_direction, kind.compares != "fit"


def _headline(name: str, value: float) -> Headline:
    arrow, direction = _ARROWS[kind_of(name).direction]
    return Headline(
        title=display_name(name), name=name, text=number(value), exact=value, arrow=arrow, direction=direction
    )
