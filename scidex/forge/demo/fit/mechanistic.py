"""Fitting one mechanistic (biophysical) model: its equations, its data, its estimates."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from scidex.forge.demo.fit import evaluated, measures, plotted
from scidex.forge.demo.fit.curve_fit import CurveFit, fitted_curve
from scidex.forge.demo.fit.likelihood import information_criteria
from scidex.forge.demo.fit.tables import DataTable, Vector


@dataclass(frozen=True, kw_only=True)
class Mechanism:
    """The assumptions of a fit.

    ``parameters`` are (name, unit, starting value), positive except those named in ``signed``. ``predict`` returns the
    expected value of the column ``response``, a ``quantity`` in ``unit``, for each row of a table, from the values of
    the parameters in their order. With ``log_errors`` errors are proportional to the expected value, else they have
    constant variance.
    ``described`` is further metadata. ``raw`` is the dataset of the tables' rows. ``axis`` is the column that the
    response is drawn against, its name and its unit. ``subject`` is the column of the subject of a sample, ``curve_by``
    the column with a curve for each of its values.
    """

    equations: tuple[str, ...]
    parameters: tuple[tuple[str, str, float], ...]
    predict: Callable[[DataTable, Vector], Vector]
    response: str
    unit: str
    quantity: str
    log_errors: bool = False
    signed: tuple[str, ...] = ()
    described: Mapping[str, Any] = field(default_factory=dict)
    raw: str
    axis: tuple[str, str, str]
    subject: str | None = None
    curve_by: str | None = None

    def fit(self, train: DataTable) -> CurveFit:
        """Return the estimated parameters."""
        starts = [start for _, _, start in self.parameters]
        return fitted_curve(
            lambda values: self.predict(train, values),
            starts,
            train.numbers(self.response),
            log_errors=self.log_errors,
            free=[name in self.signed for name, _, _ in self.parameters],
        )


def outcome(mechanism: Mechanism, train: DataTable, test: DataTable) -> dict[str, Any]:
    """Return the fields of a model that follow from the fit of its mechanism."""
    fit = mechanism.fit(train)
    return {
        "described": _described(mechanism, fit),
        "metrics": _metrics(mechanism, fit, train, test),
        "parameter_count": len(fit.values),
        "unit": mechanism.unit,
        "predicted": _predicted(mechanism, fit, train, test),
        "plotted": plotted.against_observed(
            test.numbers(mechanism.response), mechanism.predict(test, fit.values), mechanism.unit
        ),
        "settings": {
            "method": "nonlinear least squares over the logarithms of positive parameters",
            "solver": "scipy.optimize.least_squares",
            "tolerance": 1e-12,
            "error_model": _error_model(mechanism),
        },
    }


def _predicted(
    mechanism: Mechanism, fit: CurveFit, train: DataTable, test: DataTable
) -> tuple[evaluated.Predicted, ...]:
    def predict(table: DataTable) -> Vector:
        return mechanism.predict(table, fit.values)

    judged = [predictions(mechanism, predict, "test", test)]
    if "row" in train.columns:  # a table of means has no rows of samples
        judged.append(predictions(mechanism, predict, "train", train))
    return tuple(judged)


def predictions(
    mechanism: Mechanism, predict: Callable[[DataTable], Vector], split: evaluated.DemoSplit, table: DataTable
) -> evaluated.Predicted:
    """Return the predictions for a table with the axis and, for the test table, a dense curve."""
    column, name, unit = mechanism.axis
    drawn: dict[str, Any] = {"x": {"name": name, "unit": unit, "values": table.numbers(column).tolist()}}
    if mechanism.subject:
        drawn["group"] = [str(one) for one in table.column(mechanism.subject)]
        drawn["groups_are"] = "participants"
    if split == "test":
        rows, groups = evaluated.dense(table, column, mechanism.curve_by)
        drawn["curve"] = {"x": rows.numbers(column).tolist(), "predicted": predict(rows).tolist()}
        if groups:
            drawn["curve"]["group"] = groups
    return evaluated.quantity(
        split,
        table,
        mechanism.response,
        predict(table),
        raw=mechanism.raw,
        unit=mechanism.unit,
        called=mechanism.quantity,
        **drawn,
    )


def _described(mechanism: Mechanism, fit: CurveFit) -> dict[str, Any]:
    columns = zip(mechanism.parameters, fit.values, fit.std_errors, strict=True)
    estimates = {
        name: {"value": float(value), "units": unit, "std_error": float(error), "source": "fitted"}
        for (name, unit, _), value, error in columns
    }
    return {
        "equations": list(mechanism.equations),
        "parameters": estimates,
        "error_model": _error_model(mechanism),
        "fit_metrics": {"residual_standard_deviation": fit.residual_deviation},
        **mechanism.described,
    }


def _error_model(mechanism: Mechanism) -> str:
    if mechanism.log_errors:
        return f"independent normal errors of ln({mechanism.response})"
    return f"independent normal errors of {mechanism.response} with constant variance"


def _metrics(mechanism: Mechanism, fit: CurveFit, train: DataTable, test: DataTable) -> dict[str, float]:
    judged: dict[str, float] = {}
    for split, table in (("test", test), ("train", train)):
        predicted = mechanism.predict(table, fit.values)
        judged |= measures.regression(table.numbers(mechanism.response), predicted, split)
    return {**judged, **information_criteria(fit.log_likelihood, fit.fitted, len(train.rows))}
