"""SBML: what is written computes what was fitted, comes back as it was, and is refused where it cannot be whole."""

from collections.abc import Mapping
from typing import Any

import libsbml
import psycopg
import pytest
from starlette.testclient import TestClient

from scidex.atlas._model_registry.contract.answers import EQUAL
from scidex.atlas._model_registry.equations.judge import judge_formulas
from scidex.atlas._model_registry.equations.sides import sides
from scidex.atlas._model_registry.metrics.notation import read_unit
from scidex.atlas.model_registry import InvalidQuery, export_model, get_model_detail
from scidex.forge.demo.fit.theophylline_tables import samples
from scidex.forge.importers import Told, carry_out
from scidex.forge.importers.sbml import model_plan
from scidex.forge.sbml.reading import read
from tests.exports.judges import judge_sbml
from tests.exports.sbml_simulation import Simulation
from tests.importers import sbml_documents as documents
from tests.registry import rows
from tests.unit.demo.demo_registry import ENTRIES

SIMULATED = (
    "model-indomethacin-one-compartment-v1",
    "model-indomethacin-one-compartment-v2",
    "model-indomethacin-two-compartments-v1",
    "model-indomethacin-two-compartments-v2",
)
COMPUTED = ("model-puromycin-treated-v1", "model-puromycin-treated-v2", "model-puromycin-untreated-v3")
# The dose of a subject is an input: in mg/kg, or in mg where it is not scaled by weight.
DOSED = {
    "model-theophylline-v1": False,
    "model-theophylline-v3": True,
    "model-theophylline-mean-curve-v1": False,
}
# What libsbml says of quantities whose unit or value nobody declares.
UNDECLARED = {20702, 80701, 80702, 99505, 99506, 99508}
HOURS = {"hr": 1.0, "min": 60.0}


def _predictions(model_id: str) -> Mapping[str, Any]:
    """Return the predictions of held-out data that the demo registers for a model."""
    found = next(
        one["metadata"]
        for one in ENTRIES
        if one["artifact_type"] == "evaluation"
        and one["metadata"]["model_id"] == model_id
        and one["metadata"]["split"] == "test"
    )
    return dict(found)


@pytest.mark.parametrize("model_id", SIMULATED)
def test_simulating_the_file_gives_the_predictions_of_the_fit(demo_dsn: str, model_id: str) -> None:
    with psycopg.connect(demo_dsn) as conn:
        content = export_model(model_id, "sbml", conn=conn).content
        unit = get_model_detail(model_id, conn=conn)["metadata"]["time_unit"]  # type: ignore[index, call-overload]
    told = _predictions(model_id)
    predicted = dict(zip(told["x"]["values"], told["predicted"], strict=True))
    times = sorted(predicted)
    simulated = Simulation(content).over("C", [time * HOURS[str(unit)] for time in times])
    # The demo keeps six digits of its parameters.
    assert simulated == pytest.approx([predicted[time] for time in times], rel=1e-3, abs=1e-6)


@pytest.mark.parametrize(("model_id", "by_weight"), DOSED.items())
def test_simulating_every_dose_gives_the_predictions_of_the_fit(
    demo_dsn: str, model_id: str, *, by_weight: bool
) -> None:
    _, table = samples()
    subjects = [str(one) for one in table.column("Subject")]
    doses = table.numbers("Dose") * (table.numbers("Wt") if by_weight else 1)
    dose_of = dict(zip(subjects, doses, strict=True))
    with psycopg.connect(demo_dsn) as conn:
        content = export_model(model_id, "sbml", conn=conn).content
    judge_sbml(content)
    told = _predictions(model_id)
    rows_told = list(zip(told["group"], told["x"]["values"], told["predicted"], strict=True))
    for subject, dose in dose_of.items():
        curve = dict(sorted((time, value) for group, time, value in rows_told if group == subject))
        simulated = Simulation(content, Dose=float(dose)).over("C", list(curve))
        assert simulated == pytest.approx(list(curve.values()), rel=1e-3, abs=1e-4), subject


@pytest.mark.parametrize("model_id", COMPUTED)
def test_computing_the_file_gives_the_predictions_of_the_fit(demo_dsn: str, model_id: str) -> None:
    with psycopg.connect(demo_dsn) as conn:
        simulation = Simulation(export_model(model_id, "sbml", conn=conn).content)
    told = _predictions(model_id)
    computed = [simulation.at(S=amount)["v"] for amount in told["x"]["values"]]
    assert computed == pytest.approx(told["predicted"], rel=1e-5)


def test_units_of_the_demo_agree_in_every_equation(demo_dsn: str) -> None:
    with psycopg.connect(demo_dsn) as conn:
        for model_id in (*SIMULATED, *COMPUTED):
            document = libsbml.readSBMLFromString(export_model(model_id, "sbml", conn=conn).content.decode())
            document.checkConsistency()
            found = [document.getError(place) for place in range(document.getNumErrors())]
            said = [one.getMessage() for one in found if one.getErrorId() not in UNDECLARED]
            assert all("are indeterminable" in message for message in said), model_id
            assert "one-compartment" not in model_id or not found


def test_a_model_comes_back_as_it_was(conn: psycopg.Connection) -> None:
    plan = model_plan(documents.GROWING.encode(), "growing.xml", "growing.xml", Told())
    carry_out(plan, conn)
    model_id = plan.models[0].artifact_id
    content = export_model(model_id, "sbml", conn=conn).content
    judge_sbml(content)
    before: Any = plan.models[0].metadata
    after = read(content)["metadata"]
    for name in ("species", "compartments", "reactions", "events", "time_unit", "parameters"):
        assert _meant(after[name]) == _meant(before[name]), name
    sides_before, sides_after = (dict(map(sides, one["equations"])) for one in (before, after))
    assert sides_before.keys() == sides_after.keys()
    assert all(judge_formulas(right, sides_after[left]) == EQUAL for left, right in sides_before.items())
    assert after["card"]["publications"][0] == {"doi": "10.1000/x.1"}


def _meant(value: Any) -> Any:
    """Return a part of metadata with its units by what they mean; which species only modify, a file may say as well."""
    if not isinstance(value, dict):
        return value
    return {
        name: read_unit(one) if name == "units" else _meant(one)
        for name, one in value.items()
        if name != "modifiers"
    }


@pytest.mark.parametrize(
    ("equations", "reason"),
    [
        (
            ["dA/dt = -k*A", "A(t <= lag) = 1"],
            "the left side of A(t <= lag) = 1 is not a quantity by its name",
        ),
        (["1/v = 1/Vmax + k/S"], "the left side of 1/v"),
        (
            ["dA/dt = -k*A + dose"],
            "dose stands in its formulas and is not declared: add it to parameters or card.inputs",
        ),
        (["y ~ a + b"], "cannot be read|is not an equation"),
        (["A = k*log(k)"], "write ln or log10"),
        (["A = k^k^k"], "brackets must say"),
        (["A = B", "B = A"], "A, B are each set by the other"),
        (["A = k", "dA/dt = k"], "two equations set A"),
        (["0 = k - A"], "which quantity"),
        (["A = f(k)"], "SBML has no function f of 1 arguments"),
        ([], "the model has no equations as text"),
    ],
)
def test_what_sbml_cannot_say_whole_is_refused_with_the_reason(
    conn: psycopg.Connection, client: TestClient, equations: list[str], reason: str
) -> None:
    rows.model(conn, "model-a", {"equations": equations, "parameters": {"k": {"value": 2, "units": None}}})
    with pytest.raises(InvalidQuery, match=_escaped(reason)):
        export_model("model-a", "sbml", conn=conn)
    assert client.get("/api/models/model-a?format=sbml").status_code == 422
    page = client.get("/models/model-a").text
    assert "format=sbml" not in page
    assert "Not available for this model: " in page


def _escaped(reason: str) -> str:
    return "|".join(
        one.replace("(", r"\(").replace(")", r"\)").replace("^", r"\^") for one in reason.split("|")
    )


def test_names_of_any_kind_become_ids(conn: psycopg.Connection) -> None:
    parameters = {name: {"value": 1.5, "units": "1/h"} for name in ("k'", "kelim", "β", "k_1")}
    rows.model(
        conn, "model-1 ü", {"equations": ["dC'/dt = -k'*C'", "r = β*k₁ + kelim"], "parameters": parameters}
    )
    rows.model(
        conn, "model-2", {"equations": ["C = β*k_1*kelim*k'"], "parameters": parameters}, title="\x01<&"
    )
    content = export_model("model-2", "sbml", conn=conn).content
    judge_sbml(content)
    model = libsbml.readSBMLFromString(content.decode()).getModel()
    named = {
        one.getName() or one.getId(): one.getValue()
        for one in model.getListOfParameters()
        if one.isSetValue()
    }
    assert named == dict.fromkeys(parameters, 1.5)


def test_trust_and_evidence_stand_in_the_notes(demo_dsn: str) -> None:
    with psycopg.connect(demo_dsn) as conn:
        content = export_model(SIMULATED[0], "sbml", conn=conn).content.decode()
    assert "Provenance is complete" in content
    assert "predictions that are registered: agree" in content
