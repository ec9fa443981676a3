"""Nonlinear least squares, on the original or the logarithmic scale of the observations."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import least_squares

from scidex.forge.demo.fit.likelihood import gaussian_log_likelihood, log_scale_log_likelihood
from scidex.forge.demo.fit.tables import Vector

CurveFunction = Callable[[Vector], Vector]


@dataclass(frozen=True)
class CurveFit:
    """Estimates with standard errors, and their log-likelihood.

    ``residual_deviation`` is in the unit of the observations, or relative where their logarithms were compared.
    """

    values: Vector
    std_errors: Vector
    log_likelihood: float
    residual_deviation: float

    @property
    def fitted(self) -> int:
        """The number of fitted quantities, the errors' standard deviation included."""
        return len(self.values) + 1


def fitted_curve(
    curve: CurveFunction, start: Sequence[float], observed: Vector, *, log_errors: bool, free: Sequence[bool]
) -> CurveFit:
    """Return the parameters whose curve is nearest to the observations.

    The search runs over the logarithms of the parameters, which keeps them positive, and over ``free`` parameters
    themselves. Standard errors come from s^2 (J'J)^-1 at the optimum (Bates and Watts 1988, section 2.2), transformed
    to the parameters' scale by the delta method. With ``log_errors`` the logarithms are compared, so errors are
    proportional to the curve.

    Raises:
        RuntimeError: the search does not converge.

    """
    unbounded = np.array(free)

    def parameters(searched: Vector) -> Vector:
        return np.where(unbounded, searched, np.exp(np.where(unbounded, 0.0, searched)))

    def residuals(searched: Vector) -> Vector:
        predicted = curve(parameters(searched))
        return np.asarray(np.log(predicted) - np.log(observed) if log_errors else predicted - observed)

    begin = [value if is_free else np.log(value) for value, is_free in zip(start, free, strict=True)]
    found = least_squares(residuals, begin, jac="3-point", x_scale="jac", xtol=1e-12, ftol=1e-12, gtol=1e-12)
    if not found.success:
        raise RuntimeError(found.message)
    values = parameters(found.x)
    variance = float(np.sum(found.fun**2)) / (len(observed) - len(values))
    errors = np.sqrt(variance * np.diag(np.linalg.inv(found.jac.T @ found.jac))) * np.where(
        unbounded, 1.0, values
    )
    likelihood = (
        log_scale_log_likelihood(found.fun, observed) if log_errors else gaussian_log_likelihood(found.fun)
    )
    return CurveFit(values, errors, likelihood, float(np.sqrt(variance)))
