"""The rules of evidence over data whose truth is known: how often they err. Slow."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pytest

from scidex.atlas._model_registry.records.evaluations import Columns
from scidex.atlas._model_registry.statistics.agreement import value_of_all_rows
from scidex.atlas._model_registry.statistics.estimates import Estimate, estimates
from scidex.atlas._model_registry.statistics.table import METRICS
from scidex.atlas._model_registry.statistics.verdicts import leaders, paired_difference
from tests.unit.statistics.generated import named

pytestmark = pytest.mark.slow

# A share of 400 has a standard error of one hundredth at 5 %.
REPEATS = 400
MOST_SOLE_LEADERS = 0.07
# At the upper bound of coverage, 97 %, that of 2,000 has one of four thousandths.
COVERED = 2_000


def classifiers(draw: np.random.Generator, rows: int, signals: Sequence[float]) -> list[Columns]:
    """Draw correlated scores of models with the given distances between the classes."""
    ill = draw.random(rows) < 0.4
    common = draw.normal(size=rows)
    found = []
    for signal in signals:
        z = signal * (ill - 0.5) + np.sqrt(0.7) * common + np.sqrt(0.3) * draw.normal(size=rows)
        found.append(
            Columns(
                task="binary",
                observed=tuple("1" if one else "0" for one in ill),
                scores=tuple(1 / (1 + np.exp(-z))),
                scores_are="probability",
                positive="1",
                **named(rows),
            )
        )
    return found


def clustered(draw: np.random.Generator, groups: int, models: int, *, heavy: bool) -> list[Columns]:
    """Draw regressions with eight rows for each subject and an error of the subject's own."""

    def noise(size: int) -> Any:
        return draw.standard_t(3, size) if heavy else draw.normal(size=size)

    rows = 8 * groups
    observed, common = 2 * draw.normal(size=rows), noise(rows)
    return [
        Columns(
            task="regression",
            observed=tuple(observed),
            predicted=tuple(observed + 0.7 * common + 0.5 * noise(rows) + np.repeat(0.6 * noise(groups), 8)),
            group=tuple(str(i // 8) for i in range(rows)),
            **named(rows),
        )
        for _ in range(models)
    ]


_seen = iter(range(10**9))


def estimated(models: Sequence[Columns], metric: str) -> dict[str, Estimate]:
    keyed = {f"simulated {next(_seen)}": columns for columns in models}
    return {key: found[metric] for key, found in estimates(keyed, [METRICS[metric]]).items()}


def share(event: Callable[[np.random.Generator], bool], repeats: int) -> float:
    draw = np.random.default_rng(20)
    return sum(event(draw) for _ in range(repeats)) / repeats


@pytest.mark.parametrize(
    ("metric", "rows"),
    [(metric, rows) for metric in ("roc_auc", "accuracy", "brier") for rows in (50, 100, 200)],
)
@pytest.mark.parametrize(("models", "repeats"), [(2, REPEATS), (10, REPEATS // 4)])
def test_classifiers_without_a_difference_have_no_sole_leader(
    metric: str, rows: int, models: int, repeats: int
) -> None:
    def errs(draw: np.random.Generator) -> bool:
        return len(leaders(estimated(classifiers(draw, rows, [1.5] * models), metric)) or ()) == 1

    assert share(errs, repeats) <= MOST_SOLE_LEADERS


@pytest.mark.parametrize("heavy", [False, True])
@pytest.mark.parametrize("groups", [10, 15, 30])
@pytest.mark.parametrize(("models", "repeats"), [(2, REPEATS), (10, REPEATS // 4)])
def test_regressions_without_a_difference_have_no_sole_leader(
    groups: int, models: int, repeats: int, heavy: bool
) -> None:
    def errs(draw: np.random.Generator) -> bool:
        return len(leaders(estimated(clustered(draw, groups, models, heavy=heavy), "rmse")) or ()) == 1

    assert share(errs, repeats) <= MOST_SOLE_LEADERS


@pytest.mark.parametrize(
    ("metric", "rows"),
    [(metric, rows) for metric in ("roc_auc", "accuracy", "brier") for rows in (50, 100, 200)],
)
def test_intervals_cover_the_truth(metric: str, rows: int) -> None:
    """The truth is that of a sample of 400,000."""
    (large,) = classifiers(np.random.default_rng(1), 400_000, [1.5])
    truth = estimated_value(large, metric)

    def covers(draw: np.random.Generator) -> bool:
        interval = next(iter(estimated(classifiers(draw, rows, [1.5]), metric).values())).interval()
        return interval is not None and interval[0] <= truth <= interval[1]

    assert 0.92 <= share(covers, COVERED) <= 0.97


def estimated_value(columns: Columns, metric: str) -> float:

    value = value_of_all_rows(columns, METRICS[metric])
    assert value is not None
    return value


def test_a_difference_of_five_hundredths_in_auc_is_found_among_500_samples() -> None:
    """Signals 1.35 and 1.10 give areas of 0.83 and 0.78: the normal model of Hanley and McNeil."""

    def finds(draw: np.random.Generator) -> bool:
        good, bad = estimated(classifiers(draw, 500, [1.35, 1.10]), "roc_auc").values()
        apart = paired_difference(good, bad, 0.95)
        return apart is not None and apart.verdict == "better"

    assert share(finds, 100) >= 0.7
