"""Theophylline after an oral dose: one compartment with first-order absorption."""

from typing import Any

import numpy as np

from scidex.forge.demo.fit import compartments, hypotheses, published
from scidex.forge.demo.fit import theophylline_tables as tables
from scidex.forge.demo.fit.mechanistic import Mechanism, outcome
from scidex.forge.demo.fit.models import FittedModel
from scidex.forge.demo.fit.tables import DataTable, Vector

_EQUATIONS = (
    "dA_gut/dt = -ka * A_gut",
    "dA_central/dt = ka * A_gut - (CL / V) * A_central",
    "C = A_central / V",
)


def _described(dose_unit: str) -> dict[str, Any]:
    """Return the model's metadata; the dose is an input, as every subject has its own in the data."""
    return {
        "species": ["A_gut", "A_central"],
        "initial_conditions": {"A_gut": "Dose", "A_central": "0"},
        "time_unit": "hr",
        "solver": compartments.SOLVER,
        "card": {"inputs": [{"name": "Dose", "unit": dose_unit, "type": "number"}]},
    }


_COMMON: dict[str, Any] = {
    "equations": _EQUATIONS,
    "response": "conc",
    "unit": "mg/L",
    "quantity": "serum concentration",
    "described": _described("mg/kg"),
    "raw": published.THEOPHYLLINE,
    "axis": ("Time", "time after the dose", "hr"),
    "subject": "Subject",
    "curve_by": "Subject",
}


def _concentration(table: DataTable, values: Vector, *, dose: Vector, lag: float = 0.0) -> Vector:
    """Return each sample's concentration in mg/L from ka, CL and V; absorption starts after ``lag`` hours."""
    ka, clearance, volume = values[:3]
    times = np.maximum(table.numbers("Time") - lag, 0.0)
    per_unit_dose = compartments.solved(compartments.oral(ka, clearance / volume), [1.0, 0.0], times)[1]
    return np.asarray(dose * per_unit_dose / volume)


def _per_kg(table: DataTable, values: Vector) -> Vector:
    return _concentration(table, values, dose=table.numbers("Dose"))


def _lagged(table: DataTable, values: Vector) -> Vector:
    return _concentration(table, values, dose=table.numbers("Dose"), lag=float(values[3]))


def _absolute(table: DataTable, values: Vector) -> Vector:
    return _concentration(table, values, dose=table.numbers("Dose") * table.numbers("Wt"))


_SCALED = (("ka", "1/hr", 1.5), ("CL", "L/hr/kg", 0.04), ("V", "L/kg", 0.45))
_UNSCALED = (("ka", "1/hr", 1.5), ("CL", "L/hr", 2.8), ("V", "L", 32.0))
_PER_KG = Mechanism(**_COMMON, parameters=_SCALED, predict=_per_kg)
_LAGGED = Mechanism(
    **{**_COMMON, "equations": (*_EQUATIONS, "A_gut(t <= t_lag) = Dose")},
    parameters=(*_SCALED, ("t_lag", "hr", 0.1)),
    predict=_lagged,
)
_ABSOLUTE = Mechanism(**{**_COMMON, "described": _described("mg")}, parameters=_UNSCALED, predict=_absolute)

# version, title, mechanism, change
_POOLED = (
    (1, "one compartment", _PER_KG, "One compartment, first-order absorption, dose per body weight."),
    (2, "one compartment with absorption lag", _LAGGED, "Adds a lag before absorption begins."),
    (
        3,
        "one compartment, not scaled by weight",
        _ABSOLUTE,
        "No lag; clearance and volume are the same for all subjects instead of proportional to body weight.",
    ),
)


def models(train: DataTable, test: DataTable) -> list[FittedModel]:
    """Return three versions fitted to the pooled samples of the training subjects, and one to their mean curve."""
    pooled = [
        FittedModel(
            lineage="theophylline",
            version=version,
            title=f"Theophylline kinetics: {title}",
            changelog=changelog,
            trained_on=tables.TRAIN,
            analysis=tables.KINETICS,
            **_shared(mechanism, train, test),
        )
        for version, title, mechanism, changelog in _POOLED
    ]
    return [*pooled, _on_means(tables.mean_curve(train), test)]


def _on_means(means: DataTable, test: DataTable) -> FittedModel:
    return FittedModel(
        lineage="theophylline-mean-curve",
        version=1,
        title="Theophylline kinetics: one compartment on the mean curve",
        changelog="Exploratory: one compartment fitted to the mean curve of the training subjects. The table of means "
        "was not registered, so the training dataset it names leads nowhere.",
        trained_on=None,
        unregistered_table=tables.MEANS,
        analysis=tables.MEAN_CURVE,
        lacks=("trained_on_dataset_id",),
        **_shared(_PER_KG, means, test),
    )


def _shared(mechanism: Mechanism, train: DataTable, test: DataTable) -> dict[str, Any]:
    return {
        "family": "biophysical",
        "claims": hypotheses.THEOPHYLLINE_ABSORPTION,
        "test_table": tables.TEST,
        "entrypoint": "scidex.forge.demo.fit.theophylline:models",
        **outcome(mechanism, train, test),
    }
