"""The two or three most telling metrics of a model, for a line in a list."""

from collections.abc import Sequence
from dataclasses import dataclass

from scidex.atlas._model_registry.contract.answers import ModelEntry
from scidex.atlas._model_registry.contract.answers.entries import Headline as HeadlineEntry
from scidex.atlas._model_registry.metrics.kinds import kind_of, split_of
from scidex.atlas._model_registry.metrics.titles import display_name
from scidex.atlas._model_registry.pages.parts.samples import units_words
from scidex.atlas._model_registry.pages.words.numbers import interval_words, number
from scidex.atlas._model_registry.records.metrics import Direction

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
class ShownHeadline:
    """A metric by its title and its reported name, its value, and its direction as a sign and in words.

    ``interval`` says what evaluations give of it: an interval, the number of samples, or that they contradict it.
    """

    title: str
    name: str
    text: str
    interval: str | None
    exact: float
    arrow: str
    direction: str


def headlines(model: ModelEntry, wanted: Sequence[str]) -> list[ShownHeadline]:
    """Return at most three metrics: the ``wanted`` ones, the headline with its interval, others of held-out data.

    Those with a direction come first.
    """
    metrics, first = model["evaluation_metrics"], model["headline"]
    named = [*wanted, *([first["metric"]] if first else [])]
    ranked = sorted(metrics, key=lambda name: (_rank(name, named), len(name), name))
    return [_headline(name, metrics[name], _given(name, model)) for name in ranked[:_MOST]]


def _rank(name: str, wanted: Sequence[str]) -> tuple[bool, int, bool, bool]:
    kind = kind_of(name)
    without_direction = kind.direction in {"neutral", "unknown"}
    return name not in wanted, _SPLITS[split_of(name)], without_direction, kind.compares != "fit"


def _headline(name: str, value: float, given: str | None) -> ShownHeadline:
    arrow, direction = _ARROWS[kind_of(name).direction]
    return ShownHeadline(
        title=display_name(name),
        name=name,
        text=number(value),
        interval=given,
        exact=value,
        arrow=arrow,
        direction=direction,
    )


def _given(name: str, model: ModelEntry) -> str | None:
    """Return in words what evaluations give of a metric: of the headline its interval, of others what contradicts."""
    first = model["headline"]
    interval = _interval(first) if first and first["metric"] == name else None
    is_said = interval is not None and first is not None and first["agrees"] is False
    if name not in model["contradicted"] or is_said:
        return interval
    return f"{interval}; other predictions contradict it" if interval else "contradicted by its predictions"


def _interval(found: HeadlineEntry) -> str | None:
    """Return in words what the evaluation gives of the headline: its interval, or the few units that it rests on."""
    if found["rows"] is None:
        return None
    of = units_words(found["rows"], found["units"] or found["rows"], found["units_are"])
    if found["agrees"] is False:
        return f"contradicted by its predictions, {of}"
    return f"{interval_words(found['interval'])}, {of}" if found["interval"] else f"no interval, {of}"
