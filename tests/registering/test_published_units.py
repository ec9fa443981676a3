"""Units and directions as programs write them, and what a comparison says of their models."""

from typing import Any

import psycopg
import pytest

from tests.registering.published import DECAY, TRANSFORMER, compared, registered


def test_a_cell_in_neuroml_and_in_neuron(conn: psycopg.Connection) -> None:
    quantities = {
        "gNa": ((120.0, "mS_per_cm2"), (0.12, "S/cm2")),
        "gL": ((3.0, "S_per_m2"), (0.0003, "S/cm2")),
        "Ra": ((0.03, "kohm_cm"), (30, "ohm-cm")),
        "a": ((1, "per_ms"), (1, "/ms")),
    }
    models = [
        registered(
            conn,
            DECAY,
            {
                "parameters": {
                    name: {"value": each[place][0], "units": each[place][1]}
                    for name, each in quantities.items()
                }
            },
        )
        for place in (0, 1)
    ]
    rows = compared(conn, *models)
    assert {
        name: (rows[name]["equal"], rows[name]["ratio"][models[1].id]) for name in quantities
    } == dict.fromkeys(quantities, (True, 1.0))


SAME_UNITS = """
    per_second 1/s | per_ms 1/ms | mS_per_cm2 mS/cm2 | ohm-cm ohm*cm | kohm_cm kohm*cm | mL.min-1.kg-1 mL/min/kg
    nM^-1.s^-1 1/(nM*s) | uM-1s-1 1/(uM*s) | item count | mmol/gDW/h mmol/g/h | IU/L mIU/mL | copies/mL count/mL
    spikes/s Hz | bpm 1/min | beats/min 1/min | fraction dimensionless | unitless dimensionless | ratio dimensionless
    none dimensionless | - dimensionless | wk week | mo month | y year | Hour hour | Hours hour | Min min
    Ohm*cm ohm*cm | MOhm megaohm | megohm megaohm | ppb 10^-9 | Mol mole | Molar molar | deg_C degC | mEq/L uEq/mL
    CFU/mL cfu/ml | mOsm/kg mosmol/kg
"""


def test_units_that_programs_write(conn: psycopg.Connection) -> None:
    pairs = [pair.split() for line in SAME_UNITS.strip().splitlines() for pair in line.split(" | ")]
    models = [
        registered(
            conn,
            DECAY,
            {"parameters": {f"k{i}": {"value": 2.0, "units": pair[place]} for i, pair in enumerate(pairs)}},
        )
        for place in (0, 1)
    ]
    assert [model.warnings for model in models] == [[], []]
    rows = compared(conn, *models)
    told = {tuple(pair): rows[f"k{i}"]["change"][models[1].id] for i, pair in enumerate(pairs)}
    assert told == {tuple(pair): "same" for pair in pairs}


@pytest.mark.parametrize("units", [("degC", "C"), ("mEq/L", "zorps"), ("nM", "furlongz")])
def test_units_that_may_differ_leave_the_change_undecided(
    conn: psycopg.Connection, units: tuple[str, str]
) -> None:
    models = [
        registered(conn, DECAY, {"parameters": {"k": {"value": 37.0, "units": unit}}}) for unit in units
    ]
    row = compared(conn, *models)["k"]
    assert (row["equal"], row["change"][models[1].id], row["ratio"][models[1].id]) == (False, "unknown", None)
    assert units[1] in row["reason"]


@pytest.mark.parametrize("unit", ["per_weird", "log10 copies/mL", "{score}"])
def test_a_unit_that_cannot_be_read_is_a_warning(conn: psycopg.Connection, unit: str) -> None:
    (warning,) = registered(conn, DECAY, {"parameters": {"k": {"value": 1, "units": unit}}}).warnings
    assert warning["path"] == "metadata.parameters.k.units"
    assert unit in warning["message"]


@pytest.mark.parametrize(
    ("declared", "direction"),
    [
        ({"direction": "maximize"}, "higher"),
        ({"direction": "max"}, "higher"),
        ({"direction": "greater"}, "higher"),
        ({"higher_is_better": True}, "higher"),
        ({"goal": "minimize"}, "lower"),
        ({"objective": "minimize"}, "lower"),
        ({"mode": "min"}, "lower"),
        ({"direction": "↓"}, "lower"),
    ],
)
def test_directions_in_the_words_of_programs(
    conn: psycopg.Connection, declared: dict[str, Any], direction: str
) -> None:
    model = registered(
        conn,
        TRANSFORMER,
        {"evaluation_metrics": {"zorp,none": 1.5}, "metric_metadata": {"zorp,none": declared}},
    )
    assert model.warnings == []
    other = registered(conn, TRANSFORMER, {"evaluation_metrics": {"zorp,none": 2.5}})
    assert compared(conn, model, other)["zorp,none"]["direction"] == direction
