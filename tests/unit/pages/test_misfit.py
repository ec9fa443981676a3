"""Whether predictions fit: what is said of one-sided parts, held to plain Python on the demo's evaluations."""

import math
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from itertools import groupby
from typing import Any

import pytest

from scidex.atlas._model_registry.evaluations.reading import read_claims
from scidex.atlas._model_registry.pages.parts import misfit
from scidex.atlas._model_registry.pages.parts.misfit import misfits
from scidex.atlas._model_registry.records.evaluations import Axis, Called, Columns
from tests.unit.demo.demo_registry import BY_ID, ENTRIES


def said(columns: Columns, called: Called | None = None) -> list[str]:
    return [f"{one.word}: {one.text}" for one in misfits(columns, called or Called())]


def of_demo(name: str) -> list[str]:
    sound = read_claims(BY_ID[f"evaluation-{name}"]["metadata"]).sound
    assert sound is not None
    return said(sound.columns, sound.called)


def curve(off: Sequence[float], **fields: Any) -> Columns:
    """Return a regression whose residuals are ``off``, predicted as 5."""
    whole = Columns(
        task="regression",
        observed=tuple(5 + one for one in off),
        predicted=(5.0,) * len(off),
        x=Axis(name="time", unit="hr", values=tuple(float(row) for row in range(len(off)))),
        unit="mg/L",
    )
    return replace(whole, **fields)


def test_a_model_is_too_low_throughout_where_every_third_shows_it() -> None:
    assert said(curve([1.0] * 9 + [6.0])) == [
        "Misfit: Over all, 10 of 10 observations lie above the prediction, by 1 mg/L at the median: "
        "it is too low throughout.",
        "Largest miss: The largest miss is at time 9 hr: observed 11, predicted 5 mg/L.",
    ]


def test_a_model_that_is_too_low_in_two_thirds_is_not_too_low_throughout() -> None:
    assert of_demo("indomethacin-two-compartments-v2-test") == [
        "Misfit: Over all, 19 of 22 observations lie above the prediction, by 0.151 mcg/mL at the median: it is "
        "mostly too low, less clearly at time after the injection 4 to 8 hr (5 of 8 above).",
        "Misfit: In participant 6, 11 of 11 observations lie above the prediction, by 0.166 mcg/mL at the median: "
        "it is too low there.",
        "Misfit: At time after the injection 1 to 3 hr, 8 of 8 observations lie above the prediction, "
        "by 0.173 mcg/mL at the median: it is too low there.",
        "Seen: Alone this would be more than chance, as one of 7 tests it is not: at time after the injection 0.25 to "
        "0.75 hr, 6 of 6 observations lie above the prediction.",
        "Largest miss: The largest miss is at time after the injection 0.25 hr in participant 3: observed 2.72, "
        "predicted 1.79 mcg/mL.",
    ]


def test_sides_that_change_too_seldom_are_a_misfit_though_both_are_as_frequent() -> None:
    assert of_demo("indomethacin-one-compartment-v2-test")[:-2] == [
        "Misfit: Within participants, the side changes less often along time after the injection than by chance: "
        "the longest runs are 5 values above the prediction in participant 3 at 0.25 to 1.25 hr, by up to "
        "1.83 mcg/mL, and 5 values below the prediction in participant 3 at 2 to 6 hr, by up to 0.0709 mcg/mL."
    ]


def test_a_model_without_a_misfit_has_a_largest_miss_alone() -> None:
    assert of_demo("puromycin-treated-v1-test") == [
        "Fit: No systematic misfit was found with 6 observations; tested on the whole, where only all 6 on one side "
        "would show it.",
        "Largest miss: The largest miss is at substrate concentration 0.22 ppm: observed 152, "
        "predicted 164 counts/min^2.",
    ]
    few = "Fit: No systematic misfit was found with 5 observations, too few for a test to find one."
    assert of_demo("puromycin-untreated-v1-test")[0] == few


def test_observations_that_can_lie_on_one_side_only_are_not_counted() -> None:
    start = curve(
        [0.7, 0.0, *[1.0, -1.0] * 4], predicted=(0.0, *[5.0] * 9), observed=(0.7, 5.0, *[6.0, 4.0] * 4)
    )
    assert said(start)[:2] == [
        "Fit: No systematic misfit was found with 8 observations; tested on the whole and in the order along time.",
        "Not counted: 2 of 10 observations tell no side: predicted exactly, or at the start, where the model is 0.",
    ]
    later = replace(start, x=Axis(name="time", unit="hr", values=(9.0, *map(float, range(9)))))
    assert "1 of 10 observations tells no side" in said(later)[1]
    below = replace(start, observed=(0.7, 5.0, *[6.0, -4.0] * 4))
    assert "1 of 10 observations tells no side" in said(below)[1]


def test_nothing_is_counted_where_all_stand_at_the_start() -> None:
    alone = curve(
        [], observed=(1.0, 2.0), predicted=(0.0, 0.0), x=Axis(name="time", unit="hr", values=(0.0, 0.0))
    )
    assert (
        said(alone)[0]
        == "Fit: No systematic misfit was found with 0 observations, too few for a test to find one."
    )


def test_the_fit_of_training_data_is_said_beside() -> None:
    columns = read_claims(BY_ID["evaluation-theophylline-v2-train"]["metadata"]).sound
    assert columns is not None
    (found,) = misfit.training_fit(columns.columns, columns.called)
    assert found.text == (
        "On the data it was fitted to: in participant 1, 10 of 10 observations lie above the prediction, by 2.56 mg/L "
        "at the median: it is too low there. In participant 6, 10 of 10 observations lie below the prediction, by "
        "0.703 mg/L at the median: it is too high there. And 2 more."
    )
    assert misfit.training_fit(replace(columns.columns, predicted=columns.columns.observed)) == []


def test_beyond_four_misfits_their_number_is_said() -> None:
    groups = tuple(str(row // 12) for row in range(72))
    off = [0.5 if row // 12 % 2 else -0.5 for row in range(72)]
    words = said(curve(off, group=groups))
    assert [one[:6] for one in words] == ["Misfit"] * 5 + ["Larges"]
    assert words[4] == "Misfit: And 2 more."


def test_exact_predictions_and_classes_have_no_misfit() -> None:
    exact = Columns(task="regression", observed=(1.0, 2.0), predicted=(1.0, 2.0))
    assert said(exact) == said(Columns(task="binary", observed=("a", "b"))) == []


REGRESSIONS = [
    (entry["id"].removeprefix("evaluation-"), found.sound.columns)
    for entry in ENTRIES
    if entry["artifact_type"] == "evaluation"
    and (found := read_claims(entry["metadata"])).sound
    and found.sound.columns.task == "regression"
]


@pytest.mark.parametrize(("name", "columns"), REGRESSIONS, ids=[name for name, _ in REGRESSIONS])
def test_what_is_named_is_what_tests_in_plain_python_reject(name: str, columns: Columns) -> None:
    columns = counted(columns)
    off = [
        float(str(seen)) - float(str(said))
        for seen, said in zip(columns.observed, columns.predicted or (), strict=True)
    ]
    expected = rejected(chances_of(columns, off))
    words = [one.removeprefix("Misfit: ") for one in of_demo(name) if one.startswith("Misfit: ")]
    if "it is too low throughout." in "".join(words):
        assert all(sum(off[row] > 0 for row in third) >= 0.8 * len(third) for third in thirds(columns))
        assert "whole" in expected
        return
    assert {named(one) for one in words} == expected


def counted(columns: Columns) -> Columns:
    """Leave out exact predictions, and the start of the axis where the model is 0; no demo value is negative."""
    pairs = list(zip(columns.observed, columns.predicted or (), strict=True))
    x = columns.x.values if columns.x else [1.0] * len(pairs)
    rows = [
        row for row, (seen, said) in enumerate(pairs) if seen != said and not (said == 0 and x[row] == min(x))
    ]

    def of(values: Any) -> Any:
        return tuple(values[row] for row in rows)

    return replace(
        columns,
        observed=of(columns.observed),
        predicted=of(columns.predicted),
        group=of(columns.group) if columns.group else None,
        x=replace(columns.x, values=of(columns.x.values)) if columns.x else None,
    )


def named(words: str) -> str:
    place = words.partition(",")[0]
    if place.startswith("In "):
        return place.split()[-1]
    kinds = {"Ov": "whole", "Wi": "runs"}
    return kinds[place[:2]] if place[:2] in kinds else f"third {place.split(' to ')[0].split()[-1]}"


def chances_of(columns: Columns, off: Sequence[float]) -> dict[str, tuple[float, float]]:
    """Return the chance of each test, and the least that it could have."""
    parts = {"whole": list(range(len(off)))}
    for third in thirds(columns):
        parts[f"third {min(columns.x.values[row] for row in third):g}"] = third  # type: ignore[union-attr]
    groups = sorted({group for group in columns.group or () if group})
    own = {group: [row for row, of in enumerate(columns.group or ()) if of == group] for group in groups}
    tests = {}
    for part, rows in {**parts, **own}.items():
        above, below = sum(off[row] > 0 for row in rows), sum(off[row] < 0 for row in rows)
        ways = [math.comb(above + below, place) for place in range(max(above, below), above + below + 1)]
        tests[part] = min(1.0, 2 * sum(ways) / 2 ** (above + below)), 2 * 0.5 ** (above + below)
    if columns.x is not None:
        tests["runs"] = of_runs(
            [signs(columns, off, rows) for rows in (own or {"": parts["whole"]}).values()]
        )
    return tests


def thirds(columns: Columns) -> list[list[int]]:
    if columns.x is None:
        return []
    x, ordered = columns.x.values, sorted(columns.x.values)
    low, high = ordered[len(x) // 3], ordered[2 * len(x) // 3]
    rows = range(len(x))
    return [
        [row for row in rows if x[row] < low],
        [row for row in rows if low <= x[row] < high],
        [row for row in rows if x[row] >= high],
    ]


def signs(columns: Columns, off: Sequence[float], rows: Sequence[int]) -> list[bool]:
    assert columns.x is not None
    at = {time: [off[row] for row in rows if columns.x.values[row] == time] for time in columns.x.values}
    sums = [math.fsum(at[time]) for time in sorted(at) if at[time]]
    return [one > 0 for one in sums if one]


@cache
def ways(above: int, below: int, last: int | None, runs: int) -> int:
    """Return in how many ways that many signs follow ``last`` with exactly ``runs`` further runs."""
    if not above and not below:
        return int(runs == 0)
    up = ways(above - 1, below, 1, runs - (last != 1)) if above else 0
    return up + (ways(above, below - 1, 0, runs - (last != 0)) if below else 0)


def of_runs(series: Sequence[Sequence[bool]]) -> tuple[float, float]:
    together = {0: 1}
    for one in series:
        more = {runs: ways(sum(one), len(one) - sum(one), None, runs) for runs in range(len(one) + 1)}
        sums: dict[int, int] = {}
        for runs, many in together.items():
            for beside, few in more.items():
                sums[runs + beside] = sums.get(runs + beside, 0) + many * few
        together = {runs: many for runs, many in sums.items() if many}
    seen, total = sum(len(list(groupby(one))) for one in series), sum(together.values())
    return sum(many for runs, many in together.items() if runs <= seen) / total, together[
        min(together)
    ] / total


def rejected(tests: dict[str, tuple[float, float]]) -> set[str]:
    """Return the tests that Holm's correction rejects at 5 %, of those that could reject."""
    able = sorted((chance, name) for name, (chance, least) in tests.items() if least <= 0.05)
    adjusted = [chance * (len(able) - rank) for rank, (chance, _) in enumerate(able)]
    return {name for rank, (_, name) in enumerate(able) if max(adjusted[: rank + 1]) <= 0.05}
