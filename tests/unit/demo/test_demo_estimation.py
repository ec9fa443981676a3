"""The demo's estimators, against closed forms and against published fits."""

import math

import numpy as np
import pytest
from scipy import stats

from scidex.forge.demo.fit import compartments
from scidex.forge.demo.fit.curve_fit import fitted_curve
from scidex.forge.demo.fit.likelihood import (
    bernoulli_log_likelihood,
    gaussian_log_likelihood,
    information_criteria,
    log_scale_log_likelihood,
)
from scidex.forge.demo.fit.linear import linear
from scidex.forge.demo.fit.maximum_likelihood import logistic
from scidex.forge.demo.fit.published import PUROMYCIN, measurements
from scidex.forge.demo.fit.tables import Vector

_DRAWN = np.random.default_rng(7)


@pytest.mark.parametrize(
    ("state", "values", "errors"),
    [
        # What nls reports for these data in the documentation of R's Puromycin.
        ("treated", (212.7, 0.06412), (6.947, 0.008281)),
        ("untreated", (160.3, 0.04771), (6.480, 0.007782)),
    ],
)
def test_puromycin_fits_as_published(
    state: str, values: tuple[float, float], errors: tuple[float, float]
) -> None:
    table = measurements(PUROMYCIN).where(lambda row: row["state"] == state)
    substrate = table.numbers("conc")

    def michaelis_menten(at: Vector) -> Vector:
        return np.asarray(at[0] * substrate / (at[1] + substrate))

    fit = fitted_curve(
        michaelis_menten, (200.0, 0.05), table.numbers("rate"), log_errors=False, free=(False, False)
    )
    assert fit.values == pytest.approx(values, rel=5e-4)
    assert fit.std_errors == pytest.approx(errors, rel=5e-4)


def test_a_parameter_free_in_sign_may_turn_out_negative() -> None:
    times = np.linspace(0.1, 2, 20)
    observed = 3 - 0.5 * times + _DRAWN.normal(0, 0.01, 20)
    fit = fitted_curve(
        lambda p: p[0] + p[1] * times, (1.0, 0.0), observed, log_errors=False, free=(False, True)
    )
    line = stats.linregress(times, observed)
    assert fit.values == pytest.approx([line.intercept, line.slope], rel=1e-6)
    assert fit.std_errors == pytest.approx([line.intercept_stderr, line.stderr], rel=1e-5)


def test_logistic_regression_of_a_two_by_two_table_is_the_log_odds_ratio() -> None:
    a, b, c, d = 12, 5, 7, 16
    exposed = np.repeat([1.0, 1.0, 0.0, 0.0], (a, b, c, d))
    ill = np.repeat([1.0, 0.0, 1.0, 0.0], (a, b, c, d))
    fit = logistic(exposed[:, None], ill)
    assert fit.coefficients == pytest.approx([math.log(c / d), math.log(a * d / (b * c))])
    woolf = math.sqrt(1 / a + 1 / b + 1 / c + 1 / d)
    assert fit.std_errors == pytest.approx([math.sqrt(1 / c + 1 / d), woolf])
    assert fit.p_values[1] == pytest.approx(2 * stats.norm.sf(abs(fit.coefficients[1]) / woolf))
    assert fit.probability(np.array([[1.0]])) == pytest.approx([a / (a + b)])


def test_logistic_regression_refuses_separated_classes() -> None:
    with pytest.raises((RuntimeError, np.linalg.LinAlgError)), np.errstate(all="ignore"):
        logistic(np.array([[-2.0], [-1.0], [1.0], [2.0]]), np.array([0.0, 0.0, 1.0, 1.0]))


def test_linear_regression_is_that_of_scipy() -> None:
    x = _DRAWN.normal(size=30)
    y = 2 - x + _DRAWN.normal(size=30)
    fit, line = linear(x[:, None], y), stats.linregress(x, y)
    assert fit.coefficients == pytest.approx([line.intercept, line.slope])
    assert fit.std_errors == pytest.approx([line.intercept_stderr, line.stderr])
    assert fit.p_values[1] == pytest.approx(line.pvalue)


def test_oral_dose_follows_the_bateman_function() -> None:
    times = np.array([5.0, 0.0, 0.5, 5.0, 24.0])
    ka, ke = 1.5, 0.08
    expected = ka / (ka - ke) * (np.exp(-ke * times) - np.exp(-ka * times))
    assert compartments.solved(compartments.oral(ka, ke), [1.0, 0.0], times)[1] == pytest.approx(
        expected, abs=1e-9
    )


def test_two_compartments_follow_their_two_exponentials() -> None:
    times = np.linspace(0, 8, 9)
    k10, k12, k21 = 1.0, 0.8, 0.4
    total = k10 + k12 + k21
    fast, slow = (total + np.array([1, -1]) * math.sqrt(total**2 - 4 * k10 * k21)) / 2
    expected = ((fast - k21) * np.exp(-fast * times) + (k21 - slow) * np.exp(-slow * times)) / (fast - slow)
    assert compartments.solved(compartments.two(k10, k12, k21), [1.0, 0.0], times)[0] == pytest.approx(
        expected, abs=1e-9
    )


def test_likelihoods_are_those_of_the_distributions() -> None:
    residuals = _DRAWN.normal(0, 2, 25)
    deviation = math.sqrt(np.mean(residuals**2))
    assert gaussian_log_likelihood(residuals) == pytest.approx(
        stats.norm.logpdf(residuals, 0, deviation).sum()
    )
    observed = np.exp(residuals + 1)
    lognormal = stats.lognorm.logpdf(observed, s=deviation, scale=math.e).sum()
    assert log_scale_log_likelihood(residuals, observed) == pytest.approx(lognormal)
    outcome, p = np.array([1.0, 0.0, 1.0]), np.array([0.9, 0.2, 0.6])
    assert bernoulli_log_likelihood(outcome, p) == pytest.approx(stats.bernoulli.logpmf(outcome, p).sum())


def test_information_criteria_by_hand() -> None:
    expected = {"log_likelihood": -10.0, "aic": 26.0, "aicc": 30.0, "bic": 20 + 3 * math.log(10)}
    assert information_criteria(-10.0, 3, 10) == pytest.approx(expected)
