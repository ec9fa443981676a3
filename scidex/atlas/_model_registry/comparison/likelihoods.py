"""What must be the same for likelihoods, and what is built on them, to compare: response, rows, method, definition.

The likelihoods of y and of log y differ by the Jacobian of the change of variable (Burnham and Anderson 2002, Model
Selection and Multimodel Inference, section 2.11.3); those of restricted maximum likelihood depend on the fixed effects
(Pinheiro and Bates 2000, Mixed-Effects Models in S and S-PLUS, section 2.2.5); software leaves out constants (lmfit:
n ln(chisqr / n) + 2 k).
"""

from scidex.atlas._model_registry.comparison.common_data import weighs_the_fit
from scidex.atlas._model_registry.comparison.fits import same_response
from scidex.atlas._model_registry.comparison.measurements import Measurement
from scidex.atlas._model_registry.contract.answers import Finding, FindingCode


def of_the_same_response(a: Measurement, b: Measurement) -> Finding | None:
    """Return a finding on likelihoods of different responses, and on errors of them unless both declare a unit."""
    first, second = a.fit.response, b.fit.response
    if (
        a.kind.compares not in {"fit", "likelihood"}
        or not first
        or not second
        or same_response(first, second)
    ):
        return None
    responses: dict[str, str | None] = {a.model: first, b.model: second}
    if a.kind.compares == "likelihood":
        return {"code": "responses_differ", "values": responses, "detail": None}
    if a.declared.unit and b.declared.unit:
        return None
    return {"code": "response_unclear", "values": responses, "detail": None}


def of_the_same_rows(a: Measurement, b: Measurement) -> Finding | None:
    """Return a finding on likelihoods of different numbers of rows: each row adds to them."""
    first, second = a.fit.rows, b.fit.rows
    if not weighs_the_fit(a, b) or first is None or second is None or first == second:
        return None
    return {"code": "rows_differ", "values": {a.model: str(first), b.model: str(second)}, "detail": None}


def by_the_same_method(a: Measurement, b: Measurement) -> Finding | None:
    """Return a finding on a restricted likelihood beside a full one, or beside one with other fixed effects."""
    if not weighs_the_fit(a, b) or "REML" not in {a.fit.method, b.fit.method}:
        return None
    if a.fit.method == b.fit.method and a.fit.fixed_effects == b.fit.fixed_effects:
        return None
    if a.fit.method is None or b.fit.method is None:
        return None
    return {
        "code": "estimation_differs",
        "values": {one.model: _method(one) for one in (a, b)},
        "detail": None,
    }


def _method(measurement: Measurement) -> str:
    method, effects = measurement.fit.method, measurement.fit.fixed_effects
    return f"{method} with the fixed effects {effects}" if effects else f"{method}"


def of_the_same_definition(a: Measurement, b: Measurement) -> Finding | None:
    """Return a finding unless both likelihoods have one definition, as declared or by the software behind them."""
    first, second = a.fit.definition, b.fit.definition
    if a.kind.compares != "likelihood" or (first and second and _plain(first) == _plain(second)):
        return None
    # On the same held-out data they are scores like any other, so the best as reported may be told.
    alike = (
        first is None and second is None and a.evaluated_on is not None and a.evaluated_on == b.evaluated_on
    )
    code: FindingCode = "definition_undeclared" if alike else "definition_unclear"
    return {"code": code, "values": {a.model: first, b.model: second}, "detail": None}


def _plain(definition: str) -> str:
    return "".join(definition.casefold().split())


def with_weights(a: Measurement, b: Measurement) -> Finding | None:
    """Return a finding on sums of squares whose weights differ or are not declared.

    A weighted sum has a target only where weights are declared; without weights the sum has the units of the data. A
    weighted sum and one not known to be weighted are on different scales.
    """
    if a.kind.weights == "alike" and a.fit.has_weights != b.fit.has_weights:
        said = {one.model: "with weights" if one.fit.has_weights else None for one in (a, b)}
        return {"code": "weights_differ", "values": said, "detail": None}
    silent = [one.model for one in (a, b) if is_unweighted(one)]
    return {"code": "weights_undeclared", "values": dict.fromkeys(silent), "detail": None} if silent else None


def is_unweighted(measurement: Measurement) -> bool:
    """Return whether a metric means what its name says only with weights, and none are declared."""
    return (
        measurement.kind.weights == "needed"
        and not measurement.declared.direction
        and not measurement.fit.has_weights
    )
