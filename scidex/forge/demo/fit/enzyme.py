"""Galactosyltransferase with and without puromycin: Michaelis-Menten kinetics."""

from typing import Any

import numpy as np

from scidex.forge.demo.fit import enzyme_tables as tables
from scidex.forge.demo.fit import hypotheses, measures, plotted, published
from scidex.forge.demo.fit.mechanistic import Mechanism, outcome, predictions
from scidex.forge.demo.fit.models import FittedModel
from scidex.forge.demo.fit.tables import DataTable, Vector

# As documented. ppm is a mass ratio; the moles per count are unknown.
_RATE = "counts/min^2"
_CONCENTRATION = "ppm"
_VMAX, _KM = ("Vmax", _RATE, 200.0), ("Km", _CONCENTRATION, 0.05)
_PLAIN = "v = Vmax * S / (Km + S)"
_COMMON: dict[str, Any] = {
    "response": "rate",
    "unit": _RATE,
    "quantity": "reaction rate",
    "raw": published.PUROMYCIN,
    "axis": ("conc", "substrate concentration", _CONCENTRATION),
    "curve_by": "state",
}
_SPECIES = {"species": ["S"]}


def _michaelis_menten(table: DataTable, values: Vector) -> Vector:
    vmax, km = values
    substrate = table.numbers("conc")
    return np.asarray(vmax * substrate / (km + substrate))


def _inhibited(table: DataTable, values: Vector) -> Vector:
    vmax, km, inverse_ki = values
    substrate = table.numbers("conc")
    return np.asarray(vmax * substrate / (km + substrate + inverse_ki * substrate**2))


def _two_states(table: DataTable, values: Vector) -> Vector:
    """Return rates predicted from both Vmax and one Km or two, the treated state's first."""
    treated = np.array([state == "treated" for state in table.column("state")])
    vmax = np.where(treated, values[0], values[1])
    km = np.where(treated, values[2], values[-1])
    substrate = table.numbers("conc")
    return np.asarray(vmax * substrate / (km + substrate))


_MICHAELIS_MENTEN = Mechanism(
    **_COMMON, equations=(_PLAIN,), parameters=(_VMAX, _KM), predict=_michaelis_menten, described=_SPECIES
)
_SUBSTRATE_INHIBITION = Mechanism(
    **_COMMON,
    equations=("v = Vmax * S / (Km + S + S**2 * inv_Ki)",),
    parameters=(_VMAX, _KM, ("inv_Ki", f"1/{_CONCENTRATION}", 0.0)),
    predict=_inhibited,
    signed=("inv_Ki",),
    described={
        **_SPECIES,
        "note": "inv_Ki is free in sign: a value that is not clearly positive shows no inhibition",
    },
)
_MAXIMA = (("Vmax_treated", _RATE, 200.0), ("Vmax_untreated", _RATE, 160.0))
_OWN_KM = Mechanism(
    **_COMMON,
    equations=tuple(f"v_{one} = Vmax_{one} * S / (Km_{one} + S)" for one in tables.STATES),
    parameters=(*_MAXIMA, ("Km_treated", _CONCENTRATION, 0.05), ("Km_untreated", _CONCENTRATION, 0.05)),
    predict=_two_states,
    described=_SPECIES,
)
_SHARED_KM = Mechanism(
    **_COMMON,
    equations=tuple(f"v_{one} = Vmax_{one} * S / (Km + S)" for one in tables.STATES),
    parameters=(*_MAXIMA, _KM),
    predict=_two_states,
    described=_SPECIES,
)


def models(measured: list[tables.Measurements]) -> list[FittedModel]:
    """Return the fits of both states together, then of each alone."""
    both, treated, untreated = measured
    return [
        _model(
            both,
            1,
            "own Km for each state",
            _OWN_KM,
            "Vmax and Km of their own for treated and untreated enzyme.",
        ),
        _model(both, 2, "shared Km", _SHARED_KM, "One Km for both states; Vmax still differs."),
        _model(treated, 1, "Michaelis-Menten", _MICHAELIS_MENTEN, "Michaelis-Menten kinetics."),
        _with_inhibition(treated, 2),
        _lineweaver_burk(untreated),
        _model(
            untreated,
            2,
            "Michaelis-Menten",
            _MICHAELIS_MENTEN,
            "Least squares on the rates themselves instead of a straight line through their reciprocals.",
        ),
        _with_inhibition(untreated, 3),
    ]


def _with_inhibition(measured: tables.Measurements, version: int) -> FittedModel:
    return _model(
        measured,
        version,
        "with substrate inhibition",
        _SUBSTRATE_INHIBITION,
        "Adds inhibition by the substrate.",
        claims=hypotheses.SUBSTRATE_INHIBITION,
    )


def _model(
    measured: tables.Measurements,
    version: int,
    title: str,
    mechanism: Mechanism,
    changelog: str,
    **named: str,
) -> FittedModel:
    fit = outcome(mechanism, measured.train, measured.test)
    return FittedModel(
        **_identity(measured.state, version, title),
        changelog=changelog,
        analysis=tables.analysis_id(measured.state),
        **{"claims": hypotheses.PUROMYCIN_VMAX, **named, **fit},
    )


def _lineweaver_burk(measured: tables.Measurements) -> FittedModel:
    """Return Vmax and Km by the line 1/v = 1/Vmax + (Km/Vmax) / S (Lineweaver and Burk 1934)."""
    slope, intercept = np.polyfit(1 / measured.train.numbers("conc"), 1 / measured.train.numbers("rate"), 1)
    values = np.array([1 / intercept, slope / intercept])
    named = zip(_MICHAELIS_MENTEN.parameters, values, strict=True)
    estimates = {name: {"value": float(v), "units": unit, "source": "fitted"} for (name, unit, _), v in named}
    metrics: dict[str, float] = {}

    def predict(table: DataTable) -> Vector:
        return _michaelis_menten(table, values)

    for split, table in (("test", measured.test), ("train", measured.train)):
        metrics |= measures.regression(table.numbers("rate"), _michaelis_menten(table, values), split)
    return FittedModel(
        **_identity(measured.state, 1, "Michaelis-Menten from a Lineweaver-Burk line"),
        changelog="Exploratory: a straight line through the reciprocals of rate and concentration. The analysis that "
        "drew it was not registered.",
        analysis=None,
        lacks=("produced_by_analysis_id", "pinned_inputs"),
        described={
            "equations": [_PLAIN, "1/v = 1/Vmax + (Km / Vmax) * (1/S)"],
            "parameters": estimates,
            "error_model": "least squares on 1/rate: no likelihood of the rates is maximised, so no aic and bic",
            **_SPECIES,
        },
        metrics=metrics,
        parameter_count=len(values),
        unit=_RATE,
        settings={"method": "ordinary least squares on reciprocals"},
        predicted=(
            predictions(_MICHAELIS_MENTEN, predict, "test", measured.test),
            predictions(_MICHAELIS_MENTEN, predict, "train", measured.train),
        ),
        plotted=plotted.against_observed(
            measured.test.numbers("rate"), _michaelis_menten(measured.test, values), _RATE
        ),
    )


def _identity(state: str, version: int, title: str) -> dict[str, Any]:
    cells = "treated and untreated" if state == tables.BOTH else state
    return {
        "lineage": "puromycin-both-states" if state == tables.BOTH else f"puromycin-{state}",
        "version": version,
        "title": f"Galactosyltransferase, {cells}: {title}",
        "family": "biophysical",
        "trained_on": tables.train_id(state),
        "test_table": tables.test_id(state),
        "entrypoint": "scidex.forge.demo.fit.enzyme:models",
    }
