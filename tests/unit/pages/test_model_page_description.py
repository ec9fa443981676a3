"""What the page of a model says of what it is, by family."""

from scidex.atlas._model_registry.pages.model_page.layers import layer_chain
from scidex.atlas._model_registry.pages.model_page.page import model_page
from scidex.atlas._model_registry.pages.rendering import own_templates, render_model_page
from scidex.atlas._model_registry.records.models import Json
from tests.unit.pages.example_detail import detail, model_version


def test_a_statistical_model_shows_formula_and_coefficients_with_errors() -> None:
    shown = model_page(
        detail(
            {
                "model_type": "logistic_regression",
                "formula": "logit P(y) ~ x",
                "coefficients": {"x": {"value": 2.0, "std_error": 0.5, "p_value": 0.0001}, "intercept": -1},
            }
        ),
        {},
    )["description"]
    (table,) = shown.estimates
    assert shown.kind == ["statistical model", "type: logistic regression"]
    assert (table.columns, [row.cells for row in table.rows]) == (
        ["Value", "Standard error", "p value"],
        [["2", "0.5", "0.0001"], ["\N{MINUS SIGN}1", "", ""]],
    )
    first, second = (row.interval for row in table.rows)
    assert first is not None
    assert first.description == "2, 95% from 1.02 to 2.98"
    assert second is not None
    assert (second.start, second.x < first.x) == (None, True)


def test_a_network_shows_its_layers_and_training() -> None:
    config = {"input_dim": 131, "hidden_dims": [32, 16], "output_dim": 1, "activation": "relu"}
    shown = model_page(
        detail({"layer_config": config, "training_config": {"optimizer": "adam", "early": {"stop": False}}}),
        {},
    )["description"]
    assert [(layer.role, layer.width, layer.activation) for layer in shown.layers] == [
        ("input", "131", None),
        ("hidden 1", "32", "relu"),
        ("hidden 2", "16", "relu"),
        ("output", "1", None),
    ]
    training = shown.settings[1]
    assert training.title == "Training configuration"
    assert [(row.path, row.text) for row in training.rows] == [("early.stop", "false"), ("optimizer", "adam")]


def test_a_biophysical_model_shows_equations_and_parameters_with_units() -> None:
    metadata = {
        "equations": ["dA/dt = -k_clear * A", "what is no formula at all"],
        "parameters": {"k_clear": {"value": 0.1, "units": "1/hr", "source": "PMID:1", "prior": "flat"}},
    }
    shown = model_page(detail(metadata), {})["description"]
    assert [formula.mark is not None for formula in shown.formulas.open] == [True, False]
    (table,) = shown.estimates
    assert table.columns == ["Value", "Unit", "Source", "More"]
    assert table.rows[0].cells == ["0.1", "1/hr", "PMID:1", "prior: flat"]
    assert table.scale is None


def test_training_recorded_with_the_version_stands_beside_what_metadata_says_where_they_differ() -> None:
    recorded = model_version(training_params={"seed": 2})
    same = detail({"training_config": {"seed": 2}}, model_version=recorded)
    other = detail({"training_config": {"seed": 1}}, model_version=recorded)
    alone = detail({}, model_version=recorded)
    titles = [
        [table.title for table in model_page(model, {})["description"].settings]
        for model in (same, other, alone)
    ]
    assert titles == [
        ["Training configuration"],
        ["Training configuration", "Training as recorded with the version"],
        ["Training configuration"],
    ]


def test_coefficients_stand_by_size_and_promise_no_interval_that_none_has() -> None:
    shown = model_page(detail({"coefficients": {"a": 0.1, "b": -2.00006, "c": "none", "d": 1}}), {})[
        "description"
    ]
    (table,) = shown.estimates
    assert [row.name for row in table.rows] == ["b", "d", "a", "c"]
    assert table.rows[0].cells == ["\N{MINUS SIGN}2"]
    assert not table.has_intervals


def test_what_names_something_is_written_as_text() -> None:
    metadata = {
        "training_config": {"seed": 2011, "random_state": 20111, "batch_size": 2048, "split": {"seed": 4711}}
    }
    (table,) = model_page(detail(metadata), {})["description"].settings
    assert {row.path: row.text for row in table.rows} == {
        "batch_size": "2,048",
        "random_state": "20111",
        "seed": "2011",
        "split.seed": "4711",
    }


def test_computed_and_free_values_are_said_to_be_so() -> None:
    parameters = {
        "a": {"value": 1.5, "units": None},
        "b": {"value": None, "units": "1/s", "rule": "2 * a"},
        "c": {"value": None, "units": "mmol/g/h", "lower": -10, "upper": None},
        "d": {"value": None, "units": "1/s"},
    }
    shown = model_page(detail({"equations": ["d := a"], "parameters": parameters}), {})["description"]
    (table,) = shown.estimates
    assert table.columns == ["Value", "Unit", "Computed as", "Lower bound", "Upper bound"]
    assert table.unfixed == 3
    assert [row.cells for row in table.rows] == [
        ["1.5", "not stated", "", "", ""],
        ["computed", "1/s", "2 * a", "", ""],
        ["free", "mmol/g/h", "", "\N{MINUS SIGN}10", "open"],
        ["not stated", "1/s", "", "", ""],
    ]


def test_species_with_their_values_and_reactions_have_tables() -> None:
    metadata = {
        "model_type": "constraint_based",
        "equations": [],
        "species": [{"name": "atp", "value": 2, "units": "mM"}, {"id": "adp"}],
        "reactions": {"hydrolysis": "atp -> adp"},
    }
    shown = model_page(detail(metadata), {})["description"]
    assert [(table.title, [row.name for row in table.rows]) for table in shown.estimates] == [
        ("Species", ["adp", "atp"])
    ]
    assert [(table.title, table.rows[0].text) for table in shown.settings] == [("Reactions", "atp -> adp")]


def test_a_list_of_names_is_cut_with_a_count_only() -> None:
    features: Json = [f"pixel_{place}" for place in range(2_144)]
    text = render_model_page(own_templates(), model_page(detail({"features": features}), {}))
    assert "Features: 2,144" in text
    assert "<bdi>pixel_1999</bdi>" in text
    assert "<li><bdi>pixel_2000</bdi>" not in text
    assert '144 more stand in the <a href="#metadata">metadata</a>' in text
    whole = render_model_page(own_templates(), model_page(detail({"features": ["a"] * 301}), {}))
    assert whole.count("<li><bdi>a</bdi></li>") == 301


def test_layers_after_the_fortieth_are_counted() -> None:
    layers = layer_chain({"input_dim": 3, "hidden_dims": [8] * 45, "output_dim": 1})
    assert [layer.width for layer in layers[-3:]] == ["8", "5 more", "1"]
    assert len(layer_chain({"hidden_dims": [8] * 40})) == 40


def test_the_card_stands_at_the_top_and_not_among_the_settings() -> None:
    metadata: Json = {"card": {"summary": "A model."}, "time_unit": "min"}
    (table,) = model_page(detail(metadata), {})["description"].settings
    assert [(row.path, row.text) for row in table.rows] == [("time_unit", "min")]
