"""Linear regression by ordinary least squares, with standard errors."""

from dataclasses import dataclass

import numpy as np
from scipy.stats import t

from scidex.forge.demo.fit.tables import Vector


@dataclass(frozen=True)
class LinearFit:
    """Coefficients, intercept first, with standard errors and two-sided p-values of Student's t; the residuals."""

    coefficients: Vector
    std_errors: Vector
    p_values: Vector
    residuals: Vector
    residual_deviation: float

    def predict(self, design: Vector) -> Vector:
        """Return the expected response for each row of predictors."""
        return np.asarray(_with_intercept(design) @ self.coefficients)


def linear(design: Vector, response: Vector) -> LinearFit:
    """Return the fit of the response; standard errors are from s^2 (X'X)^-1 with n - p degrees of freedom."""
    x = _with_intercept(design)
    coefficients = np.asarray(np.linalg.solve(x.T @ x, x.T @ response), dtype=np.float64)
    residuals = response - x @ coefficients
    freedom = len(response) - x.shape[1]
    variance = float(residuals @ residuals) / freedom
    errors: Vector = np.sqrt(variance * np.diag(np.linalg.inv(x.T @ x)))
    p_values = 2 * t.sf(np.abs(coefficients / errors), freedom)
    return LinearFit(coefficients, errors, p_values, residuals, float(np.sqrt(variance)))


def _with_intercept(design: Vector) -> Vector:
    return np.column_stack([np.ones(len(design)), design])
