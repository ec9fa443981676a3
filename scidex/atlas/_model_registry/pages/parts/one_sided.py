"""Parts of the observations in which residuals have one sign more often than by chance."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from scidex.atlas._model_registry.pages.parts.runs import span
from scidex.atlas._model_registry.pages.parts.signs import holm, runs_chance, sign_chance
from scidex.atlas._model_registry.pages.words.wording import shortened
from scidex.atlas._model_registry.records.evaluations import Columns

_THIRDS = 3
_CHANCE = 0.05  # for all tests together
_NAME_LIMIT = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class TestedPart:
    """Observations that are tested together: all, a third of the axis or a group."""

    kind: Literal["whole", "third", "group"]
    name: str
    residuals: tuple[float, ...]

    @property
    def above(self) -> int:
        """How many observations lie above the prediction."""
        return sum(rest > 0 for rest in self.residuals)

    @property
    def below(self) -> int:
        """How many observations lie below the prediction."""
        return sum(rest < 0 for rest in self.residuals)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tested:
    """What tests of sides found, the clearest first, and whether one found too few runs.

    ``nearly`` are the parts that a test alone would find, but not beside the others; ``tests`` counts all of them and
    ``kinds`` says of what they are.
    """

    one_sided: list[TestedPart]
    nearly: list[TestedPart]
    in_runs: bool
    tests: int
    kinds: frozenset[str]


def tested_parts(columns: Columns, residuals: Sequence[float], noun: str) -> list[TestedPart]:
    """Return all observations, then the thirds of the axis and the groups, each where there are at least two."""
    rows = {"Over all": list(range(len(residuals)))}
    groups = {
        f"In {noun} {shortened(group, _NAME_LIMIT)}": found for group, found in groups_of(columns).items()
    }
    kinds: list[tuple[Literal["whole", "third", "group"], Mapping[str, list[int]]]] = [
        ("whole", rows),
        ("third", _thirds(columns)),
        ("group", groups),
    ]
    return [
        TestedPart(kind=kind, name=name, residuals=tuple(residuals[row] for row in found))
        for kind, named in kinds
        for name, found in named.items()
        if kind == "whole" or len(named) > 1
    ]


def tested(parts: Sequence[TestedPart], signs: Sequence[Sequence[bool]]) -> Tested:
    """Return what sign tests of the parts and the runs test of ``signs`` in order find, at 5 % for all (Holm).

    A test of too few signs to reject is left out, as it can find nothing. Observations of one group depend on each
    other, so this finds places to look at and proves nothing.
    """
    able = [part for part in parts if sign_chance(part.above + part.below, 0) <= _CHANCE]
    chances = [sign_chance(part.above, part.below) for part in able]
    has_runs = runs_chance([sorted(one) for one in signs]) <= _CHANCE
    rejected = holm([*chances, *([runs_chance(signs)] if has_runs else [])], _CHANCE)
    places = sorted(range(len(able)), key=lambda place: chances[place])
    return Tested(
        one_sided=[able[place] for place in places if rejected[place]],
        nearly=[able[place] for place in places if not rejected[place] and chances[place] <= _CHANCE],
        in_runs=has_runs and rejected[-1],
        tests=len(rejected),
        kinds=frozenset(part.kind for part in able) | ({"runs"} if has_runs else set()),
    )


def groups_of(columns: Columns) -> Mapping[str, list[int]]:
    """Return the rows of each named group."""
    groups: dict[str, list[int]] = {}
    for row, group in enumerate(columns.group or ()):
        if group is not None:
            groups.setdefault(group, []).append(row)
    return groups


def _thirds(columns: Columns) -> Mapping[str, list[int]]:
    """Divide the rows along x into three parts of about as many rows; rows at one x stay together."""
    if columns.x is None or not columns.x.values:
        return {}
    x = columns.x.values
    ends = sorted(x)
    cuts = [ends[len(ends) * part // _THIRDS] for part in range(1, _THIRDS)]
    thirds: dict[int, list[int]] = {}
    for row, value in enumerate(x):
        thirds.setdefault(sum(value >= cut for cut in cuts), []).append(row)
    unit = f" {columns.x.unit}" if columns.x.unit else ""
    return {
        f"At {columns.x.name} {span([x[row] for row in rows])}{unit}": rows
        for _, rows in sorted(thirds.items())
    }
