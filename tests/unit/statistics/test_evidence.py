"""Resamples, intervals and verdicts: against scipy, and by what must hold for all data."""

import hashlib
import operator
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings, strategies
from scipy import stats

from scidex.atlas._model_registry.records.evaluations import TOO_FEW, Columns
from scidex.atlas._model_registry.statistics.agreement import agreement
from scidex.atlas._model_registry.statistics.arrays import Floats, arrays
from scidex.atlas._model_registry.statistics.estimates import (
    Estimate,
    estimates,
)
from scidex.atlas._model_registry.statistics.intervals import t_quantile
from scidex.atlas._model_registry.statistics.resamples import PARTLY_GROUPED, draws, units
from scidex.atlas._model_registry.statistics.table import METRICS, metrics_of
from scidex.atlas._model_registry.statistics.verdicts import leaders, level, paired_difference
from tests.unit.statistics.generated import binary, multiclass, regression, weights
from tests.unit.statistics.test_metrics import permuted


@pytest.mark.parametrize("freedom", [9, 10, 14.5, 29, 99, 1999, 19_999])
@pytest.mark.parametrize("probability", [0.9, 0.975, 1 - 0.025 / 9, 0.9999])
def test_quantiles_of_student_are_those_of_scipy(freedom: float, probability: float) -> None:
    assert t_quantile(probability, freedom) == pytest.approx(stats.t.ppf(probability, freedom), rel=1e-7)


def estimate(columns: Columns, metric: str, digest: str | None = None) -> Estimate:
    key = digest or str(hash(repr(columns)))
    return estimates({key: columns}, [METRICS[metric]])[key][metric]


def every(digest: str, columns: Columns) -> dict[str, Estimate]:
    return estimates({digest: columns}, metrics_of(columns))[digest]


@pytest.mark.parametrize(
    ("columns", "metric"),
    [(regression(1, 200), "rmse"), (binary(1, 200), "roc_auc"), (binary(1, 200), "accuracy")],
    ids=["rmse", "roc_auc", "accuracy"],
)
def test_standard_errors_are_those_of_the_bootstrap_of_scipy(columns: Columns, metric: str) -> None:
    """Scipy's divides by n, ours by m - 1; two runs of 2,000 resamples differ by a few per cent."""
    data, measure = arrays(columns), METRICS[metric].measure
    rows = np.arange(len(columns.observed))

    def of(picked: Floats, axis: int) -> Floats:
        del axis
        counts = np.array(
            [np.bincount(row.astype(int), minlength=len(rows)) for row in np.atleast_2d(picked)]
        )
        return measure(data, counts.astype(float))

    oracle = stats.bootstrap((rows,), of, n_resamples=2000, vectorized=True, rng=1).standard_error
    assert estimate(columns, metric).error == pytest.approx(oracle, rel=0.1)


def test_groups_are_kept_together() -> None:
    columns = regression(3, 40, group=tuple(str(i // 4) for i in range(40)))
    independent = units(columns)
    assert independent is not None
    assert (independent.kind, independent.count) == ("group", 10)
    for counts in draws(independent):
        assert (counts.reshape(len(counts), 10, 4).std(axis=2) == 0).all()
        assert (counts.sum(axis=1) == 40).all()


def test_classes_that_were_sampled_apart_are_resampled_apart() -> None:
    columns = binary(3, 60, sampling="by_class")
    independent = units(columns)
    assert independent is not None
    ill = np.array(columns.observed) == "ill"
    for counts in draws(independent):
        assert (counts[:, ill].sum(axis=1) == ill.sum()).all()


def test_groups_on_some_rows_only_give_no_interval() -> None:
    one = estimate(regression(3, 40, group=(None, *["a"] * 39)), "rmse")
    assert (one.interval(), one.why_none()) == (None, PARTLY_GROUPED)
    assert one.value is not None


def test_fewer_than_ten_units_are_too_few_to_say() -> None:
    assert estimate(regression(3, 9), "rmse").why_none() == TOO_FEW
    assert estimate(regression(3, 10), "rmse").interval() is not None
    grouped = regression(3, 40, group=tuple(str(i % 9) for i in range(40)))
    assert estimate(grouped, "rmse").why_none() == TOO_FEW


def test_label_metrics_count_the_units_of_the_rarest_class() -> None:
    columns = binary(3, 24)
    assert estimate(columns, "accuracy").counted == 24
    assert estimate(columns, "roc_auc").counted == 8
    assert estimate(columns, "roc_auc").why_none() == TOO_FEW


def test_uneven_weights_count_for_fewer_units() -> None:
    columns = regression(3, 40, **weights(3, 40))
    w = np.array(columns.weights)
    assert estimate(columns, "rmse").counted == pytest.approx(w.sum() ** 2 / (w**2).sum())


@pytest.mark.parametrize("columns", [regression(7), binary(7), multiclass(7)], ids=lambda c: c.task)
def test_the_order_of_rows_changes_no_interval(columns: Columns) -> None:
    one = every(f"a{columns.task}", columns)
    other = every(f"b{columns.task}", permuted(columns, 8))
    assert [each.interval() for each in one.values()] == [each.interval() for each in other.values()]


@pytest.mark.parametrize("columns", [regression(9, 80), binary(9, 80), multiclass(9)], ids=lambda c: c.task)
def test_a_model_is_identical_with_itself(columns: Columns) -> None:
    found = every(f"c{columns.task}", columns)
    for one in found.values():
        if one.resampled is not None:
            apart = paired_difference(one, one, 0.95)
            assert apart is not None
            assert (apart.value, apart.interval, apart.verdict) == (0, None, "identical")


@pytest.mark.parametrize("columns", [regression(10, 80), binary(10, 80)], ids=lambda c: c.task)
def test_intervals_hold_their_value_and_stay_in_range(columns: Columns) -> None:
    for one in every(f"d{columns.task}", columns).values():
        interval = one.interval()
        if interval is None:
            assert one.why_none() is not None
            continue
        assert one.value is not None
        assert interval[0] < one.value < interval[1]
        if one.metric.scale in {"share", "correlation"}:
            assert interval[0] > -1
            assert interval[1] < 1
        if one.metric.scale in {"share", "positive"}:
            assert interval[0] > 0


def test_intervals_of_errors_scale_with_their_unit() -> None:
    columns = regression(11, 60)
    large = replace(
        columns,
        observed=tuple(1000 * float(v) for v in columns.observed),
        predicted=tuple(1000 * float(v) for v in columns.predicted or ()),
    )
    small, wide = estimate(columns, "rmse").interval(), estimate(large, "rmse").interval()
    assert small is not None
    assert wide == pytest.approx((1000 * small[0], 1000 * small[1]))


def _worse(columns: Columns, noise: float) -> Columns:
    draw = np.random.default_rng(1)
    return replace(
        columns, predicted=tuple(float(v) + draw.normal(0, noise) for v in columns.predicted or ())
    )


def test_a_clear_difference_is_told_and_turns_with_the_models() -> None:
    good = regression(12, 200)
    one, other = estimate(good, "rmse"), estimate(_worse(good, 3), "rmse")
    there, back = paired_difference(other, one, 0.95), paired_difference(one, other, 0.95)
    assert there is not None
    assert back is not None
    assert (there.verdict, back.verdict) == ("worse", "better")
    assert there.interval is not None
    assert back.interval == pytest.approx((-there.interval[1], -there.interval[0]))
    assert leaders({"bad": other, "good": one}) == ["good"]


def test_a_small_difference_is_undecided_and_equivalent_only_within_a_margin() -> None:
    good = regression(13, 60)
    one, other = estimate(good, "rmse"), estimate(_worse(good, 0.01), "rmse")
    plain, wide = paired_difference(other, one, 0.95), paired_difference(other, one, 0.95, margin=1)
    assert plain is not None
    assert wide is not None
    assert (plain.verdict, wide.verdict) == ("undecided", "equivalent")
    assert leaders({"a": one, "b": other}) == ["a", "b"]


@given(
    seed=strategies.integers(0, 10_000),
    rows=strategies.integers(12, 60),
    noise=strategies.floats(0.01, 2),
    weighted=strategies.booleans(),
)
@settings(max_examples=40, deadline=None)
def test_errors_their_squares_and_r2_have_one_verdict(
    seed: int, rows: int, noise: float, weighted: bool
) -> None:
    """They order models of the same samples alike, so an answer to one is an answer to all."""
    good = regression(seed, rows, **(weights(seed, rows) if weighted else {}))
    names = ("rmse", "mse", "r2")
    found = {
        key: estimates({f"{key}{seed}{rows}{noise}{weighted}": columns}, [METRICS[name] for name in names])
        for key, columns in {"a": good, "b": _worse(good, noise)}.items()
    }
    by_name = {name: {key: next(iter(one.values()))[name] for key, one in found.items()} for name in names}
    apart = {name: paired_difference(one["b"], one["a"], 0.95) for name, one in by_name.items()}
    assert len({one.verdict for one in apart.values() if one}) == 1
    assert len({tuple(leaders(one) or ()) for one in by_name.values()}) == 1
    for one in apart.values():
        assert one is not None
        if one.interval is not None:
            assert sum(one.interval) / 2 == pytest.approx(one.value, rel=1e-6, abs=1e-9)


def test_a_bias_has_no_better_side() -> None:
    good = regression(14, 60)
    found = {"a": estimate(good, "bias"), "b": estimate(_worse(good, 2), "bias")}
    assert leaders(found) is None
    apart = paired_difference(found["b"], found["a"], 0.95)
    assert apart is not None
    assert apart.verdict == "undecided"


def test_levels_hold_for_all_models_together() -> None:
    assert level(2) == pytest.approx(0.95)
    assert level(10) == pytest.approx(1 - 0.05 / 9)


def test_every_process_draws_the_same_bytes() -> None:
    columns = binary(15, 50)
    independent = units(columns)
    assert independent is not None
    here = b"".join(counts.tobytes() for counts in draws(independent))
    program = (
        "import hashlib\n"
        "from tests.unit.statistics.generated import binary\n"
        "from scidex.atlas._model_registry.statistics.resamples import draws, units\n"
        "print(hashlib.sha256(b''.join(c.tobytes() for c in draws(units(binary(15, 50))))).hexdigest())"
    )
    root = Path(__file__).parents[3]
    there = subprocess.run(
        [sys.executable, "-c", program], cwd=root, capture_output=True, text=True, check=True
    )
    assert there.stdout.strip() == hashlib.sha256(here).hexdigest()


@pytest.mark.parametrize(
    "columns", [regression(16, 50), binary(16, 60), multiclass(16)], ids=lambda c: c.task
)
def test_what_metrics_share_is_of_the_same_resamples(columns: Columns) -> None:
    """Other weights, in whatever turn, give what arrays give that nothing was asked of before."""
    used, draw = arrays(columns), np.random.default_rng(16)
    for _ in range(3):
        weights = np.asfortranarray(draw.integers(0, 3, (5, len(columns.observed))).astype(float))
        for metric in metrics_of(columns):
            given, fresh = metric.measure(used, weights), metric.measure(arrays(columns), weights)
            np.testing.assert_array_equal(given, fresh)


def test_no_interval_of_r2_goes_beyond_one() -> None:
    interval = estimate(regression(17, 12), "r2").interval()
    assert interval is not None
    assert interval[1] <= 1


def test_a_label_at_the_threshold_may_be_either() -> None:
    """A forest of an even number of trees says 0.5; scikit-learn then takes the first class."""
    columns = binary(18, 40)
    scores = tuple(0.5 if row < 8 else score for row, score in enumerate(columns.scores or ()))
    tied = replace(columns, scores=scores)
    ill = [label == "ill" for label in tied.observed]
    for is_positive in (operator.ge, operator.gt):
        right = [is_positive(score, 0.5) == one for score, one in zip(scores, ill, strict=True)]
        assert agreement(tied, METRICS["accuracy"], round(sum(right) / 40, 3)).agrees is True
    assert agreement(tied, METRICS["accuracy"], 0.123).agrees is False
