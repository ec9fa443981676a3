"""Linear compartment models of drug kinetics as systems of ordinary differential equations."""

from collections.abc import Sequence

import numpy as np
from scipy.integrate import solve_ivp

from scidex.forge.demo.fit.tables import Vector

SOLVER = {"name": "scipy.integrate.solve_ivp", "method": "LSODA", "rtol": 1e-10, "atol": 1e-12}


def solved(rates: Vector, start: Sequence[float], times: Vector) -> Vector:
    """Solve dA/dt = rates @ A from ``start`` at time 0.

    Answers one row per compartment and one column per time. Times are in the unit of the rates' denominator, may
    repeat and stand in any order.
    """
    moments, back = np.unique(np.append(times, 0.0), return_inverse=True)
    solution = solve_ivp(
        lambda _, amounts: rates @ amounts,
        (0.0, float(moments[-1])),
        start,
        method=SOLVER["method"],
        t_eval=moments,
        jac=lambda _, __: rates,
        rtol=SOLVER["rtol"],
        atol=SOLVER["atol"],
    )
    if not solution.success:
        raise RuntimeError(solution.message)
    return np.asarray(solution.y[:, back[:-1]])


def oral(ka: float, ke: float) -> Vector:
    """Answer the rates of gut and central compartment: absorption ka, elimination ke."""
    return np.array([[-ka, 0.0], [ka, -ke]])


def one(ke: float) -> Vector:
    """Answer the rate of a single compartment."""
    return np.array([[-ke]])


def two(k10: float, k12: float, k21: float) -> Vector:
    """Answer the rates of central and peripheral compartment: elimination k10, exchange k12 and k21."""
    return np.array([[-k10 - k12, k21], [k12, -k21]])
