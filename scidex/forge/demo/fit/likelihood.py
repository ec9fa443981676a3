"""Likelihoods and information criteria.

AIC = 2k - 2 ln L (Akaike 1974, IEEE Transactions on Automatic Control 19, 716-723);
AICc = AIC + 2k(k + 1) / (n - k - 1) (Hurvich and Tsai 1989, Biometrika 76, 297-307), for few observations;
BIC = k ln n - 2 ln L (Schwarz 1978, Annals of Statistics 6, 461-464);
k counts all fitted quantities, with the error's standard deviation; n counts the observations of the training data.
"""

import numpy as np

from scidex.forge.demo.fit.tables import Vector


def gaussian_log_likelihood(residuals: Vector) -> float:
    """Return ln L of independent normal errors, maximised over their common standard deviation."""
    n = len(residuals)
    variance = float(np.mean(residuals**2))
    return -n / 2 * (float(np.log(2 * np.pi * variance)) + 1)


def log_scale_log_likelihood(residuals: Vector, observed: Vector) -> float:
    """Return ln L of ``observed`` for normal errors of its logarithm.

    The change of variable adds the Jacobian -sum(ln y), so that the value compares with that of an error model on the
    original scale. For ln(1 + y) pass ``1 + y``, which has the same Jacobian.
    """
    return gaussian_log_likelihood(residuals) - float(np.sum(np.log(observed)))


def bernoulli_log_likelihood(outcome: Vector, probability: Vector) -> float:
    """Return ln L of outcomes 0 and 1 under probabilities, which are clipped just inside 0 and 1."""
    p = np.clip(probability, 1e-15, 1 - 1e-15)
    return float(np.sum(outcome * np.log(p) + (1 - outcome) * np.log(1 - p)))


def information_criteria(log_likelihood: float, fitted: float, observations: int) -> dict[str, float]:
    """Return ``log_likelihood``, ``aic``, ``aicc`` and ``bic``; ``fitted`` is k, possibly an effective number."""
    aic = 2 * fitted - 2 * log_likelihood
    return {
        "log_likelihood": log_likelihood,
        "aic": aic,
        "aicc": aic + 2 * fitted * (fitted + 1) / (observations - fitted - 1),
        "bic": fitted * float(np.log(observations)) - 2 * log_likelihood,
    }
