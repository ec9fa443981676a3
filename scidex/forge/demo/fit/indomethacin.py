"""Indomethacin after an intravenous injection: one or two compartments."""

from typing import Any

import numpy as np

from scidex.forge.demo.fit import compartments, hypotheses, published
from scidex.forge.demo.fit.entries import ArtifactEntry, analysis, derived_table
from scidex.forge.demo.fit.mechanistic import Mechanism, outcome
from scidex.forge.demo.fit.models import FittedModel
from scidex.forge.demo.fit.split import leaving_out
from scidex.forge.demo.fit.tables import DataTable, Vector

_TRAIN = "dataset-indomethacin-train"
_TEST = "dataset-indomethacin-test"
_SPLIT = "analysis-indomethacin-split"
_ONE = "analysis-indomethacin-one-compartment"
_TWO = "analysis-indomethacin-two-compartments"
_HERE = "scidex.forge.demo.fit.indomethacin"
_HELD_OUT = (3, 6)
_MINUTES = 60.0
_NO_DOSE = "the dose is not in the data: C0, the concentration right after the injection, stands for dose over volume"


def samples() -> tuple[DataTable, DataTable]:
    """Return training and test samples; every third subject is held out."""
    return leaving_out(published.measurements(published.INDOMETHACIN), "Subject", _HELD_OUT)


def _one(table: DataTable, values: Vector) -> Vector:
    """Return concentrations predicted from C0 in mcg/mL and k10 in 1/hr."""
    c0, k10 = values
    return np.asarray(compartments.solved(compartments.one(k10), [c0], table.numbers("time"))[0])


def _two(table: DataTable, values: Vector) -> Vector:
    """Return concentrations predicted from C0 in mcg/mL and rates in 1/min.

    Rates are per minute, because the first phase ends within the hour.
    """
    c0, k10, k12, k21 = values
    rates = compartments.two(k10, k12, k21)
    return np.asarray(compartments.solved(rates, [c0, 0.0], table.numbers("time") * _MINUTES)[0])


def _mechanism(*, two: bool, log_errors: bool) -> Mechanism:
    species = ["C", "C_peripheral"] if two else ["C"]
    described = {
        "species": species,
        "initial_conditions": {name: "C0" if name == "C" else "0" for name in species},
        "time_unit": "min" if two else "hr",
        "solver": compartments.SOLVER,
        "note": _NO_DOSE,
    }
    common: dict[str, Any] = {
        "response": "conc",
        "unit": "mcg/mL",
        "quantity": "plasma concentration",
        "log_errors": log_errors,
        "described": described,
        "raw": published.INDOMETHACIN,
        "axis": ("time", "time after the injection", "hr"),
        "subject": "Subject",
        "curve_by": "Subject",
    }
    c0 = ("C0", "mcg/mL", 3.0)
    if not two:
        parameters = (c0, ("k10", "1/hr", 1.0))
        return Mechanism(equations=("dC/dt = -k10 * C",), parameters=parameters, predict=_one, **common)
    equations = (
        "dC/dt = -k10 * C - k12 * C + k21 * C_peripheral",
        "dC_peripheral/dt = k12 * C - k21 * C_peripheral",
    )
    rates = (("k10", "1/min", 0.016), ("k12", "1/min", 0.013), ("k21", "1/min", 0.007))
    return Mechanism(equations=equations, parameters=(c0, *rates), predict=_two, **common)


def entries(train: DataTable, test: DataTable) -> list[ArtifactEntry]:
    """Return the entries of the tables and analyses."""
    return [*_split(train, test), *_kinetics()]


def _split(train: DataTable, test: DataTable) -> list[ArtifactEntry]:
    shared = {"source": published.INDOMETHACIN, "analysis": _SPLIT}
    return [
        analysis(
            _SPLIT,
            "Split of the indomethacin data into training and test subjects",
            inputs=[("cites", published.INDOMETHACIN)],
            method="Every third subject is held out with all samples.",
            entrypoint=f"{_HERE}:samples",
        ),
        derived_table(
            _TRAIN,
            "Indomethacin: samples of the training subjects",
            train,
            rule="the subjects that are not held out",
            **shared,
        ),
        derived_table(
            _TEST,
            "Indomethacin: samples of the held-out subjects",
            test,
            rule="every third subject",
            held_out_subjects=list(_HELD_OUT),
            **shared,
        ),
    ]


def _kinetics() -> list[ArtifactEntry]:
    inputs = [("cites", _TRAIN), ("uses", _TEST), ("cites", published.KWAN)]
    method = (
        "The drug's course as ordinary differential equations, least squares over the pooled samples of the training "
        "subjects"
    )
    return [
        analysis(
            _ONE,
            "One-compartment kinetics of intravenous indomethacin",
            inputs=inputs,
            method=f"{method}, time in hours.",
            entrypoint=f"{_HERE}:models",
        ),
        analysis(
            _TWO,
            "Two-compartment kinetics of intravenous indomethacin",
            inputs=inputs,
            method=f"{method}, time in minutes.",
            entrypoint=f"{_HERE}:models",
        ),
    ]


def models(train: DataTable, test: DataTable) -> list[FittedModel]:
    """Return the fits of one and two compartments, each with constant and with proportional error."""
    return [
        _model(train, test, version, two=two, log_errors=log_errors)
        for two in (False, True)
        for version, log_errors in ((1, False), (2, True))
    ]


def _model(train: DataTable, test: DataTable, version: int, *, two: bool, log_errors: bool) -> FittedModel:
    size = "two compartments" if two else "one compartment"
    errors = "proportional errors" if log_errors else "constant error"
    first = f"{size.capitalize()}, {errors}, time in {'minutes' if two else 'hours'}."
    again = "Errors proportional to the concentration (its logarithm is fitted) instead of a constant error."
    return FittedModel(
        lineage=f"indomethacin-{size.replace(' ', '-')}",
        version=version,
        title=f"Indomethacin kinetics: {size}, {errors}",
        family="biophysical",
        changelog=again if log_errors else first,
        trained_on=_TRAIN,
        analysis=_TWO if two else _ONE,
        claims=hypotheses.INDOMETHACIN_TWO_COMPARTMENTS,
        test_table=_TEST,
        entrypoint=f"{_HERE}:models",
        **outcome(_mechanism(two=two, log_errors=log_errors), train, test),
    )
