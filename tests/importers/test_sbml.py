"""SBML: a model says exactly what its document says."""

from pathlib import Path
from typing import Any

import libsbml
import psycopg
import pytest

from scidex.atlas._model_registry.equations.reader import parse_formula
from scidex.atlas.model_registry import get_model_detail
from scidex.forge.importers import BY_NAME, Plan, Refused, Told, carry_out
from scidex.forge.importers.sbml import model_plan
from scidex.forge.sbml import reading
from scidex.forge.sbml.units import unit_text
from tests.importers import sbml_documents as documents


@pytest.fixture(scope="module")
def growing() -> Plan:
    """Return the plan of the document in which every kind of statement occurs."""
    return model_plan(documents.GROWING.encode(), "growing.xml", "growing.xml", Told())


@pytest.fixture(scope="module")
def metadata(growing: Plan) -> Any:
    """Return the metadata of its model."""
    return growing.models[0].metadata


def test_reactions_and_rules_become_equations_that_the_registry_reads(metadata: Any) -> None:
    assert metadata["equations"] == [
        "uptake = Vmax*dish*(A/(K + A))",
        "decay = decay.k*B*cell^(-1)",
        "total = A + B",
        "dcell/dt = mu*cell",
        "dA/dt = -2*uptake/dish",
        "d(B*cell)/dt = uptake - decay",
        "dN/dt = uptake",
    ]
    assert None not in map(parse_formula, metadata["equations"])


def test_values_units_and_what_computes_them_are_kept_as_declared(metadata: Any) -> None:
    assert metadata["parameters"] == {
        "mu": {"value": 0.01, "units": "1/min"},
        "K": {"value": None, "units": None, "initial_assignment": "2*Vmax"},
        "total": {"value": None, "units": None, "rule": "A + B"},
        "Vmax": {"value": 3, "units": None},
        "decay.k": {"value": 0.5, "units": "1/min"},
    }
    assert metadata["compartments"]["cell"] == {"value": 2, "units": "mL", "dimensions": 3}
    assert metadata["time_unit"] == "min"


def test_species_keep_their_initial_amounts_or_concentrations(metadata: Any) -> None:
    species = metadata["species"]
    named = {"initial": "concentration", "name": "substrate", "compartment": "dish"}
    assert species["A"] == {"value": 5, "units": "nmol/mL", **named}
    assert species["B"] == {"value": 0, "units": "nmol", "initial": "amount", "compartment": "cell"}
    assert species["N"]["only_amounts"] is True
    assert species["E"]["boundary"] is True


def test_reactions_and_events_are_named(metadata: Any) -> None:
    assert metadata["reactions"] == {
        "uptake": {"equation": "2 A + E -> B + N", "name": "Uptake"},
        "decay": {"equation": "B <->"},
    }
    assert metadata["events"] == {
        "feed": {
            "when": "time > 7.5",
            "sets": {"Vmax": "0.1"},
            "persistent": True,
            "initial_value": True,
            "values_from_trigger_time": True,
        }
    }


def test_the_description_is_what_the_annotations_say(metadata: Any) -> None:
    assert metadata["card"] == {
        "summary": "Uptake of A .\nFree: CC0",
        "licence": "CC0-1.0",
        "authors": [{"name": "Marie Curie", "affiliation": "Sorbonne"}],
        "publications": [{"doi": "10.1000/x.1"}, {"citation": "PMID:123"}],
        "taxa": ["taxonomy:9606"],
        "annotations": ["biomodels.db:M1", "GO:0006810"],
    }
    assert "example.org" not in str(metadata)


def test_it_is_registered_as_it_is_with_its_verdict(conn: psycopg.Connection, growing: Plan) -> None:
    outcome = carry_out(growing, conn)
    detail = get_model_detail(outcome.new[0], conn=conn)
    assert detail["title"] == "A in a growing cell"
    assert detail["origin_type"] == "external"
    assert detail["origin_url"] == "https://identifiers.org/biomodels.db:M1"
    assert detail["warnings"] == []
    assert not detail["provenance"]["complete"]
    assert [each.what for each in growing.left_out] == ["units of 3 of 5 parameters"]
    assert carry_out(growing, conn).new == []


@pytest.mark.parametrize(
    ("unit", "text"),
    [
        ('kind="litre" exponent="-1" scale="-3" multiplier="1"', "1/mL"),
        ('kind="kilogram" exponent="2" scale="-6" multiplier="1"', "mg^2"),
        ('kind="second" exponent="1" scale="0" multiplier="3600"', "h"),
        ('kind="metre" exponent="1" scale="-10" multiplier="1"', "(1e-10 m)"),
        ('kind="item" exponent="1" scale="3" multiplier="1"', "(1000 item)"),
        ('kind="mole" exponent="1" scale="2147483647" multiplier="2"', "(2*10^2147483647 mol)^1"),
    ],
)
def test_units_are_written_as_people_write_them(unit: str, text: str) -> None:
    old = 'kind="litre" exponent="1" scale="-3" multiplier="1"'
    document = libsbml.readSBMLFromString(documents.GROWING.replace(old, unit))
    assert unit_text(document.getModel().getUnitDefinition("ml")) == text


def test_what_a_plain_document_does_not_say_is_not_said() -> None:
    plan = documents.planned(documents.PLAIN, "iso-8859-1")
    (model,) = plan.models
    assert model.title == "Zelle für B"
    assert model.metadata["parameters"] == {
        "free": {"value": None, "units": None, "lower": None, "upper": None},
        "open": {"value": None, "units": None, "expression": "inf"},
    }
    assert (model.metadata["equations"], model.metadata["model_type"]) == ([], "reaction_network")
    assert "card" not in model.metadata
    assert model.metadata["species"]["B"]["units"] is None  # type: ignore[index]
    assert plan.left_out[0].what == "rates of 1 reactions"


def test_a_constraint_based_model_has_bounds_and_an_objective() -> None:
    (model,) = documents.planned(documents.FLUXES).models
    assert model.metadata["model_type"] == "constraint_based"
    assert model.metadata["objective"] == "maximize 1 grow"
    assert model.metadata["reactions"] == {"grow": {"equation": "1.5 A ->", "lower": "zero", "upper": "ten"}}
    assert model.metadata["equations"] == []


@pytest.mark.parametrize(
    ("document", "reason"),
    [
        ("<!DOCTYPE sbml [<!ENTITY a 'b'>]><sbml/>", "DOCTYPE"),
        (f"<sbml>{'<a>' * 101}", "deeper than 100"),
        ("<sbml", "not well-formed"),
        (
            "<sbml xmlns='http://www.sbml.org/sbml/level3/version1/core' level='3' version='1'/>",
            "must contain a <model>",
        ),
        ("<a/>", "XML Schema for SBML"),
        ("<?xml version='1.0' encoding='utf-7'?><sbml/>", "encoding"),
    ],
)
def test_anything_but_a_model_is_refused_with_its_place_and_a_remedy(document: str, reason: str) -> None:
    with pytest.raises(Refused, match=reason) as refused:
        documents.planned(document)
    assert refused.value.remedy


def test_a_file_beyond_the_bound_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "large.xml"
    path.write_bytes(b"<sbml>" + b" " * 16 * 2**20)
    with pytest.raises(Refused, match="larger than 16 MB"):
        list(BY_NAME["sbml"].read(path, Told()))


def test_submodels_are_put_together_and_said_to_be() -> None:
    plan = documents.planned(documents.COMPOSED)
    metadata: Any = plan.models[0].metadata
    assert sorted(metadata["equations"]) == ["done__x/dt = -(k*one__x)", "dtwo__x/dt = -(k*two__x)"]
    assert metadata["parameters"]["k"]["value"] == 0.5
    assert "how it is put together from 2 submodels" in [one.what for one in plan.left_out]


def test_submodels_of_other_files_are_refused_and_nothing_is_opened() -> None:
    with pytest.raises(Refused, match="1 of its submodels stand in other files"):
        documents.planned(documents.ELSEWHERE)


def test_the_order_of_modifiers_makes_no_difference() -> None:
    """Wolf 2001 of the Tellurium archives (omex 34 and 36) has its modifiers in two orders."""

    def said(first: str, second: str) -> Any:
        document = libsbml.SBMLDocument(3, 1)
        model = document.createModel()
        model.setId("m")
        for name in ("S", first, second):
            species = model.createSpecies()
            species.setId(name)
        reaction = model.createReaction()
        reaction.setId("v")
        reaction.createReactant().setSpecies("S")
        for name in (first, second):
            reaction.createModifier().setSpecies(name)
        return reading.read(libsbml.writeSBMLToString(document).encode())["metadata"]["reactions"]["v"]

    assert said("oxy", "hyd") == said("hyd", "oxy")
    assert said("oxy", "hyd")["modifiers"] == ["hyd", "oxy"]
