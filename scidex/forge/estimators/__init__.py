"""Describes a fitted estimator for the write side: parameters, coefficients, criteria, held-out predictions."""

from scidex.forge.estimators.described import CannotDescribe, Described
from scidex.forge.estimators.describing import describe

__all__ = ["CannotDescribe", "Described", "describe"]
