"""Logistic regression by maximum likelihood, with standard errors."""

from dataclasses import dataclass

import numpy as np
from scipy.stats import norm

from scidex.forge.demo.fit.tables import Vector

_TOLERANCE = 1e-12
_MOST_STEPS = 100


@dataclass(frozen=True)
class LogisticFit:
    """Coefficients, intercept first, with standard errors and two-sided Wald p-values."""

    coefficients: Vector
    std_errors: Vector
    p_values: Vector

    def probability(self, design: Vector) -> Vector:
        """Return the probability of the outcome 1 for each row of predictors."""
        return _sigmoid(_with_intercept(design) @ self.coefficients)


def logistic(design: Vector, outcome: Vector) -> LogisticFit:
    """Return the maximum of the likelihood, by Newton's method.

    Standard errors are from the inverse of the Fisher information X'WX with W = p(1 - p) (McCullagh and Nelder,
    Generalized Linear Models, 1989, section 4.4).

    Raises:
        RuntimeError: it does not converge, as where the predictors separate the classes perfectly.

    """
    x = _with_intercept(design)
    beta = np.zeros(x.shape[1])
    for _ in range(_MOST_STEPS):
        information = _information(x, beta)
        step = np.linalg.solve(information, x.T @ (outcome - _sigmoid(x @ beta)))
        beta = beta + step
        if float(np.max(np.abs(step))) < _TOLERANCE:
            return _with_errors(beta, _information(x, beta))
    message = "Newton's method did not converge"
    raise RuntimeError(message)


def _with_errors(beta: Vector, information: Vector) -> LogisticFit:
    errors = np.sqrt(np.diag(np.linalg.inv(information)))
    return LogisticFit(beta, errors, 2 * norm.sf(np.abs(beta / errors)))


def _information(x: Vector, beta: Vector) -> Vector:
    p = _sigmoid(x @ beta)
    return np.asarray(x.T @ (x * (p * (1 - p))[:, None]))


def _with_intercept(design: Vector) -> Vector:
    return np.column_stack([np.ones(len(design)), design])


def _sigmoid(z: Vector) -> Vector:
    return np.asarray(1 / (1 + np.exp(-z)))
