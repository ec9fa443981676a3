"""What sets models up, setting by setting: sections, paths, changes, ratios."""

import pytest

from scidex.atlas._model_registry.records.models import Json
from tests.unit.builders import traced
from tests.unit.comparison.compared_configuration import compared, rows_of

NOT_CONFIGURATION = """
    evaluation_metrics training_metrics fit_metrics metric_metadata trained_on_dataset_id produced_by_analysis_id
    tests_hypothesis_id hypothesis_id tests_hypothesis pinned_artifacts base_model_id description summary notes
    changelog title
"""


def test_the_row_of_the_design() -> None:
    rows = compared(
        {"parameters": {"k_clear": {"value": 0.05, "unit": "1/hr", "source": "fitted"}}},
        {"parameters": {"k_clear": {"value": 2.4, "unit": "1/day", "source": "PMID:1"}}},
        {},
    )
    assert rows == {
        "k_clear": {
            "section": "parameters",
            "path": "k_clear",
            "values": {
                "model-a": {"value": 0.05, "unit": "1/hr", "source": "fitted"},
                "model-b": {"value": 2.4, "unit": "1/day", "source": "PMID:1"},
                "model-c": None,
            },
            "equal": False,
            "change": {"model-a": "same", "model-b": "changed", "model-c": "removed"},
            "ratio": {"model-a": 1.0, "model-b": 2.0, "model-c": None},
        }
    }


def quantity(value: Json, unit: str | None) -> Json:
    return {"parameters": {"k": {"value": value, "unit": unit}}}


@pytest.mark.parametrize(
    ("key", "value", "section", "path"),
    [
        ("architecture", "mlp", "architecture", "architecture"),
        ("layer_config", {"hidden_dims": [8, 4]}, "architecture", "hidden_dims"),
        ("framework", "torch", "architecture", "framework"),
        ("task_type", "classification", "architecture", "task_type"),
        ("model_type", "logistic", "architecture", "model_type"),
        ("parameters", {"k": 1}, "parameters", "k"),
        ("coefficients", {"age": 0.5}, "parameters", "age"),
        ("training_config", {"learning_rate": 0.1}, "training", "learning_rate"),
        ("training_config", {"early_stopping": {"patience": 3}}, "training", "early_stopping.patience"),
        ("solver", "LSODA", "training", "solver"),
        ("cross_validation", "5-fold", "training", "cross_validation"),
        ("equations", ["dA/dt = k"], "equations", "dA/dt"),
        ("reactions", ["A -> B"], "equations", "reactions"),
        ("species", ["A", "B"], "equations", "species"),
        ("formula", "y ~ x", "features", "formula"),
        ("features", ["x", "z"], "features", "features"),
        ("code_repo_url", "https://example.org/repo", "code", "code_repo_url"),
        ("commit", "abc", "code", "commit"),
        ("steady_states", {"A": 1}, "other", "steady_states.A"),
    ],
)
def test_section_and_path(key: str, value: Json, section: str, path: str) -> None:
    (row,) = compared({key: value}, {key: value}).values()
    assert (row["section"], row["path"], row["equal"]) == (section, path, True)


@pytest.mark.parametrize("key", NOT_CONFIGURATION.split())
def test_keys_apart_from_the_configuration(key: str) -> None:
    assert compared({key: "one"}, {key: "another"}) == {}


def test_sections_come_in_order_and_paths_within() -> None:
    metadata: Json = {"zorp": 1, "features": ["x"], "parameters": {"b": 1, "a": 2}, "framework": "torch"}
    assert list(compared(metadata, {})) == ["framework", "a", "b", "features", "zorp"]


@pytest.mark.parametrize(
    ("a", "b", "change", "ratio"),
    [
        (1, 1.0, "same", 1.0),
        (0.1 + 0.2, 0.3, "same", 1.0),
        (2, 1, "changed", 0.5),
        (0, 1, "changed", None),
        (1, 0, "changed", 0.0),
        (1, True, "type_changed", None),
        (1, "1", "type_changed", None),
        (1, None, "type_changed", None),
        (1, [1], "type_changed", None),
        (1, {"x": 1}, "type_changed", None),
        (False, True, "changed", None),
        ("adam", "sgd", "changed", None),
        ([1, 2], [1.0, 2.0], "same", None),
        ([1, 2], [2, 1], "changed", None),
        ([1, 2], [1, 2, 3], "changed", None),
        ([1, True], [1, 1], "changed", None),
        (12345678901234, 12345678901235, "changed", 1.0),
        (10**400, 10**400, "same", None),
        (10**400, 1, "changed", None),
        (1e-300, 1e300, "changed", None),
        (float("nan"), float("nan"), "same", None),
        (float("nan"), 1.0, "type_changed", None),
    ],
)
def test_change_and_ratio(a: Json, b: Json, change: str, ratio: float | None) -> None:
    row = compared({"training_config": {"x": a}}, {"training_config": {"x": b}})["x"]
    assert (row["change"]["model-b"], row["ratio"]["model-b"]) == (change, ratio)
    assert row["equal"] is (change == "same")


def test_added_and_removed() -> None:
    rows = compared({"framework": "torch"}, {"solver": "LSODA"}, {})
    assert rows["framework"]["change"] == {"model-a": "same", "model-b": "removed", "model-c": "removed"}
    assert rows["solver"]["change"] == {"model-a": "same", "model-b": "added", "model-c": "same"}


@pytest.mark.parametrize(
    ("a", "b", "change", "ratio"),
    [
        ((0.05, "1/hr"), (1.2, "1/day"), "same", 1.0),
        ((1, "uM"), (1000, "nM"), "same", 1.0),
        ((20, "degC"), (293.15, "K"), "same", 1.0),
        ((37, "deg C"), (37, "°C"), "same", 1.0),
        ((1, "10⁶ cells/mL"), (106, "cells/mL"), "changed", 0.000106),
        ((250, "10⁹/L"), (250, "10^9/L"), "same", 1.0),
        ((1, "(m)²"), (2, "m"), "changed", None),
        ((60, "rpm"), (60, "1/min"), "same", 1.0),
        ((100, "mg/100 mL"), (100, "mg/0.1 L"), "same", 1.0),
        ((100, "mg/100mL"), (100, "mg/dL"), "same", 1.0),
        ((120, "mS_per_cm2"), (0.12, "S/cm2"), "same", 1.0),
        ((3, "S_per_m2"), (0.0003, "S/cm2"), "same", 1.0),
        ((0.03, "kohm_cm"), (30, "ohm-cm"), "same", 1.0),
        ((1, "per_ms"), (1, "/ms"), "same", 1.0),
        ((1, "uM"), (1, "hr"), "changed", None),
        ((1, "uM"), (1, None), "changed", None),
        ((0.5, "1"), (0.5, None), "same", 1.0),
        ((3, "zorps"), (3, "zorps"), "same", 1.0),
        ((3, "zorps"), (3, " zorps "), "same", 1.0),
        ((3, "zorps"), (6, "zorps"), "unknown", None),
        ((3, "zorps"), (3, "quux"), "unknown", None),
        ((3, "zorps"), (3, "uM"), "unknown", None),
        ((3, "uM"), (3, "zorps"), "unknown", None),
        ((3, "zorps"), (3, None), "unknown", None),
        (([1, 2], "zorps"), ([1, 2], "zorps"), "same", None),
        (([1, 2], "zorps"), ([1, 2], "uM"), "unknown", None),
        ((3, "zorps"), ("low", "zorps"), "type_changed", None),
        ((37, "C"), (37, "degC"), "unknown", None),
        ((5, "10^3/uL"), (5, "10^3 cells/uL"), "unknown", None),
        ((1, "rad/s"), (1, "1/s"), "unknown", None),
        (([1, 2], "uM"), ([1000, 2000], "nM"), "same", None),
        (("low", "uM"), ("low", "nM"), "changed", None),
    ],
)
def test_units(
    a: tuple[Json, str | None], b: tuple[Json, str | None], change: str, ratio: float | None
) -> None:
    row = compared(quantity(*a), quantity(*b))["k"]
    assert (row["change"]["model-b"], row["ratio"]["model-b"]) == (change, ratio)


def test_why_a_change_is_undecided() -> None:
    row = compared(*(quantity(3, unit) for unit in ("uM", "zorps", "quux", "nM")))["k"]
    assert row["change"] == {
        "model-a": "same",
        "model-b": "unknown",
        "model-c": "unknown",
        "model-d": "changed",
    }
    assert row["reason"] == "the unit zorps cannot be read; the unit quux cannot be read"
    assert not row["equal"]


@pytest.mark.parametrize(
    ("metadata", "unreadable", "path"),
    [
        ({"parameters": {"n": None}}, "metadata.parameters.n", "n"),
        ({"parameters": {"n": {"value": None, "unit": "1"}}}, "metadata.parameters.n.value", "n"),
        ({"training_config": {"x": [1, None]}}, "metadata.training_config.x[1]", "x"),
    ],
)
def test_numbers_that_could_not_be_read_are_not_the_same(metadata: Json, unreadable: str, path: str) -> None:
    unread = rows_of(*(traced(f"model-{x}", metadata=metadata, unreadable=(unreadable,)) for x in "ab"))
    assert (unread[path]["equal"], unread[path]["change"]["model-b"]) == (False, "unknown")
    assert unread[path]["reason"] == "a number is outside the range of double precision"
    assert compared(metadata, metadata)[path]["equal"]


def test_a_number_and_a_quantity_are_one_setting() -> None:
    row = compared(
        {"coefficients": {"age": 0.5}}, {"coefficients": {"age": {"value": 0.5, "std_error": 0.1}}}
    )
    assert list(row) == ["age"]
    assert row["age"]["equal"]


def test_bounds_are_settings_unlike_precision_and_remarks() -> None:
    quantity: Json = {"value": 1, "std_error": 2, "p_value": 0.1, "description": "text", "bounds": [0, 3]}
    assert list(compared({"parameters": {"k": quantity}}, {})) == ["k", "k.bounds"]


def test_sources_of_a_quantity() -> None:
    rows = compared({"parameters": {"k": {"value": 1, "source": ["PMID:1", 2, "PMID:3"]}}}, {})
    assert rows["k"]["values"]["model-a"] == {"value": 1, "source": "PMID:1, PMID:3"}


def test_a_quantity_needs_a_unit_that_is_text() -> None:
    rows = compared({"parameters": {"k": {"value": 1, "unit": 3}}}, {})
    assert sorted(rows) == ["k.unit", "k.value"]


def test_parameters_as_a_list_pair_by_name() -> None:
    rows = compared(
        {"parameters": [{"name": "a", "value": 1, "unit": "hr"}, {"name": "b", "value": 2}]},
        {"parameters": [{"name": "b", "value": 2}, {"name": "a", "value": 60, "unit": "min"}]},
    )
    assert {path: row["equal"] for path, row in rows.items()} == {"a": True, "b": True}


def test_layers_without_names_pair_by_place() -> None:
    rows = compared({"layers": [{"units": 8}, {"units": 4}]}, {"layers": [{"units": 8}, {"units": 2}]})
    assert {path: row["equal"] for path, row in rows.items()} == {
        "layers.0.units": True,
        "layers.1.units": False,
    }


def parameter(**fields: Json) -> Json:
    return {"parameters": {"k": fields}}


def test_a_computed_value_is_compared_by_its_formula() -> None:
    rows = compared(
        parameter(value=None, units="1/s", rule="a*b"),
        parameter(value=None, units="1/s", assignment="a * b"),
        parameter(value=None, units="1/s", rule="a + b"),
        parameter(value=2, units="1/s"),
    )
    assert list(rows) == ["k"]
    assert list(rows["k"]["change"].values()) == ["same", "same", "changed", "type_changed"]
    assert rows["k"]["values"]["model-a"] == {"value": "a*b", "unit": "1/s", "computed": True}


def test_the_formula_of_a_first_value_stands_beside_it() -> None:
    rows = compared(parameter(value=2, units="1/s", initial_assignment="a*b"))
    assert {path: row["values"]["model-a"] for path, row in rows.items()} == {
        "k": {"value": 2, "unit": "1/s"},
        "k.initial_assignment": {"value": "a*b"},
    }


def test_of_a_free_value_the_bounds_are_compared_in_its_unit() -> None:
    rows = compared(
        parameter(value=None, units="mol/L/hr", lower=-1, upper=None),
        parameter(value=None, units="mmol/L/hr", lower=-1000, upper=2),
    )
    assert list(rows) == ["k.lower", "k.upper"]
    assert rows["k.lower"]["equal"]
    assert rows["k.upper"]["change"]["model-b"] == "type_changed"
    assert rows["k.upper"]["values"]["model-b"] == {"value": 2, "unit": "mmol/L/hr"}


def test_a_free_value_beside_a_fixed_one_is_compared_too() -> None:
    rows = compared(parameter(value=None, units=None, lower=0, upper=1), parameter(value=0.5, units=None))
    assert list(rows) == ["k", "k.lower", "k.upper"]
    assert rows["k"]["change"]["model-b"] == "type_changed"
