"""Linear compartment models of drug kinetics as systems of ordinary differential equations."""

from collections.abc import Sequence

import numpy as np
from scipy.linalg import expm

from scidex.forge.demo.fit.tables import Vector

# Exact for a linear system: the search meets a smooth function and ends at the same point on every machine.
SOLVER = {"name": "scipy.linalg.expm", "method": "matrix exponential"}


def solved(rates: Vector, start: Sequence[float], times: Vector) -> Vector:
    """Return the solution of dA/dt = rates @ A from ``start`` at time 0: A(t) = exp(rates t) @ start.

    It has one row per compartment and one column per time. Times are in the unit of the rates' denominator, may
    repeat, and have any order.
    """
    moments, back = np.unique(times, return_inverse=True)
    amounts = expm(rates * moments[:, None, None]) @ np.asarray(start)
    return np.asarray(amounts[back].T)


def oral(ka: float, ke: float) -> Vector:
    """Return the rates of gut and central compartment: absorption ka, elimination ke."""
    return np.array([[-ka, 0.0], [ka, -ke]])


def one(ke: float) -> Vector:
    """Return the rate of a single compartment."""
    return np.array([[-ke]])


def two(k10: float, k12: float, k21: float) -> Vector:
    """Return the rates of central and peripheral compartment: elimination k10, exchange k12 and k21."""
    return np.array([[-k10 - k12, k21], [k12, -k21]])
