"""What metadata each family of models must and may hold."""

import copy
from typing import Any

import pytest

from scidex.atlas._artifact_registry.errors import InvalidArtifact
from scidex.atlas._artifact_registry.model_metadata import MODEL_FAMILIES, check_family
from scidex.atlas._artifact_registry.plain_json import json_value

WHOLE: dict[str, dict[str, Any]] = {
    "biophysical": {
        "equations": ["dA/dt = -k * A"],
        "parameters": {"k": {"value": 0.1, "units": "1/hr", "source": "fitted", "std_error": 0.01}},
        "species": ["A"],
        "reactions": [{"name": "decay", "rate": "k * A"}],
        "steady_states": {"A": 0},
        "solver": "lsoda",
        "fit_metrics": {"rmse": 0.1},
    },
    "deep_learning": {
        "architecture": "mlp",
        "framework": "scikit-learn",
        "layer_config": {
            "input_dim": 130,
            "output_dim": 1,
            "hidden_dims": [16, 8],
            "activation": "relu",
            "dropout": 0,
        },
        "task_type": "classification",
        "training_config": {
            "optimizer": "adam",
            "learning_rate": 1e-3,
            "batch_size": 32,
            "epochs": 10,
            "seed": 1,
        },
        "training_metrics": {"train_loss": 0.2},
        "checkpoint_path": "runs/1.npz",
    },
    "statistical": {
        "model_type": "logistic_regression",
        "formula": "impaired ~ tau",
        "features": ["tau"],
        "coefficients": {"intercept": -1.5, "tau": {"value": 2, "std_error": 0.3, "p_value": 0.01}},
        "fit_metrics": {"aic": 210.5},
    },
}
COMMON: dict[str, Any] = {
    "parameter_count": 2,
    "evaluation_metrics": {"auc": 0.9},
    "notes": [None, {"anything": True}],
}


@pytest.mark.parametrize("family", MODEL_FAMILIES)
def test_every_key_of_a_family_is_accepted(family: str) -> None:
    check_family(family, {**WHOLE[family], **COMMON})


@pytest.mark.parametrize("family", MODEL_FAMILIES)
def test_optional_keys_may_be_null(family: str) -> None:
    required = {"equations", "parameters", "architecture", "layer_config", "model_type", "formula"}
    check_family(family, {key: value if key in required else None for key, value in WHOLE[family].items()})


def test_features_stand_in_for_a_formula() -> None:
    check_family("statistical", {"model_type": "lasso", "features": ["tau"]})


@pytest.mark.parametrize(
    ("family", "path", "value"),
    [
        ("biophysical", "equations", None),
        ("biophysical", "equations", "dA/dt = -k * A"),
        ("biophysical", "equations", []),
        ("biophysical", "equations.0", " "),
        ("biophysical", "equations.0", 1),
        ("biophysical", "parameters", None),
        ("biophysical", "parameters", [1]),
        ("biophysical", "parameters.k", 0.1),
        ("biophysical", "parameters.k", {"value": 0.1}),
        ("biophysical", "parameters.k.value", "0.1"),
        ("biophysical", "parameters.k.value", True),
        ("biophysical", "parameters.k.value", None),
        ("biophysical", "parameters.k.units", ""),
        ("biophysical", "parameters.k.source", 12345),
        ("biophysical", "fit_metrics", [0.1]),
        ("biophysical", "fit_metrics.rmse", "0.1"),
        ("deep_learning", "architecture", None),
        ("deep_learning", "architecture", ["mlp"]),
        ("deep_learning", "layer_config", None),
        ("deep_learning", "layer_config", [16, 8]),
        ("deep_learning", "layer_config.hidden_dims", 16),
        ("deep_learning", "layer_config.hidden_dims.0", 1.5),
        ("deep_learning", "layer_config.input_dim", -1),
        ("deep_learning", "training_config", "adam"),
        ("deep_learning", "training_config.epochs", "10"),
        ("deep_learning", "training_metrics.train_loss", None),
        ("deep_learning", "checkpoint_path", {}),
        ("statistical", "model_type", None),
        ("statistical", "model_type", " "),
        ("statistical", "formula", ["y", "x"]),
        ("statistical", "features", "tau"),
        ("statistical", "features", []),
        ("statistical", "coefficients", [1.0]),
        ("statistical", "coefficients.tau", "2"),
        ("statistical", "coefficients.tau.value", None),
        ("statistical", "coefficients.tau.p_value", "<0.01"),
    ],
)
def test_what_does_not_fit_is_refused_by_its_path(family: str, path: str, value: object) -> None:
    metadata = _changed(WHOLE[family], path.split("."), value)
    with pytest.raises(InvalidArtifact) as refusal:
        check_family(family, metadata)
    expected = "metadata." + path.replace(".0", "[0]")
    assert [fault.field for fault in refusal.value.faults] in ([expected], [f"{expected}.units"])


def test_a_missing_key_is_named_beside_what_the_object_has() -> None:
    statistical = {**WHOLE["statistical"], "coefficients": {"tau": {"estimate": 2.0, "se": 0.3}}}
    with pytest.raises(
        InvalidArtifact, match=r"tau\.value.*this key is required; the object has estimate, se"
    ):
        check_family("statistical", statistical)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("parameter_count", -1),
        ("parameter_count", 1.5),
        ("parameter_count", True),
        ("parameter_count", "12"),
        ("evaluation_metrics", [0.9]),
        ("metric_metadata", {"rmse": "lower"}),
    ],
)
@pytest.mark.parametrize("family", MODEL_FAMILIES)
def test_keys_of_all_families_are_checked_in_each(family: str, key: str, value: Any) -> None:
    with pytest.raises(InvalidArtifact) as refusal:
        check_family(family, {**WHOLE[family], key: value})
    assert refusal.value.field.startswith(f"metadata.{key}")


@pytest.mark.parametrize(
    "parameters",
    [
        {},
        {"k": {"value": 0.1, "units": None}},
        {"k": {"value": 0.1, "unit": "1/hr"}},
        {"k": {"value": None, "units": None, "rule": "2 * j"}},
        {"k": {"value": None, "units": "1/hr", "assignment": "2 * j"}},
        {"A": {"value": None, "units": "uM"}},
        {"k": {"value": None, "units": "mmol/g/hr", "lower": -10, "upper": None}},
        {"k": {"value": None, "units": "mmol/g/hr", "lower": "open", "upper": "open"}},
    ],
)
def test_a_parameter_may_be_without_unit_computed_or_free(parameters: Any) -> None:
    check_family("biophysical", {**WHOLE["biophysical"], "parameters": parameters})


@pytest.mark.parametrize(
    ("parameter", "path"),
    [
        ({"value": None, "units": None}, "value"),
        ({"units": None, "rule": "2 * j"}, "value"),
        ({"value": None, "units": None, "rule": " "}, "rule"),
        ({"value": None, "units": None, "lower": 0}, "value"),
        ({"value": None, "units": None, "lower": "0", "upper": None}, "lower"),
        ({"value": None, "units": None, "lower": 0, "upper": "none"}, "upper"),
    ],
)
def test_a_value_is_null_only_where_it_is_computed_or_free(parameter: Any, path: str) -> None:
    with pytest.raises(InvalidArtifact) as refusal:
        check_family("biophysical", {**WHOLE["biophysical"], "parameters": {"k": parameter}})
    assert [fault.field for fault in refusal.value.faults] == [f"metadata.parameters.k.{path}"]


def test_what_an_equation_sets_needs_no_value_and_a_boolean_model_no_parameter() -> None:
    check_family(
        "biophysical",
        {"equations": ["Kf := k*R"], "parameters": {"Kf": {"value": None, "units": "1/s"}}},
    )
    check_family("biophysical", {"equations": ["Clb5 = MBF & !Sic1"], "parameters": {}})


@pytest.mark.parametrize(
    "reason",
    [
        {"model_type": "logical"},
        {"model_type": "SBML-qual"},
        {"model_type": "constraint_based"},
        {"equations_reason": "its rules stand in the file"},
    ],
)
@pytest.mark.parametrize("equations", [[], None])
def test_a_model_without_equations_says_why(reason: dict[str, Any], equations: Any) -> None:
    check_family("biophysical", {**reason, "equations": equations, "parameters": {}})


@pytest.mark.parametrize("model_type", ["ODE", "ode_system", "system of differential equations", "PDE"])
def test_differential_equations_without_equations_are_refused(model_type: str) -> None:
    with pytest.raises(InvalidArtifact, match=r"metadata\.equations is \[\]: .*equations_reason"):
        check_family("biophysical", {"model_type": model_type, "equations": [], "parameters": {}})


@pytest.mark.parametrize(
    ("family", "key", "value"),
    [
        ("deep_learning", "training_config", {"epochs": 5.0, "batch_size": 32.0}),
        ("deep_learning", "training_config", {"epochs": 3.9}),
        ("deep_learning", "parameter_count", 1.5e9),
        ("deep_learning", "layer_config", {"hidden_dims": [16.0]}),
        ("statistical", "metric_metadata", {"aic": {"std": 14.56}}),
    ],
)
def test_whole_numbers_may_be_floats_and_a_metric_has_a_spread(family: str, key: str, value: Any) -> None:
    check_family(family, {**WHOLE[family], key: value})


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        ("0.93", "write 0.93 without quotes"),
        ("275.34 +/- 14.56", "write 275.34, and 14.56 as metadata.metric_metadata.reward.std"),
        ("275.34 ± 14.56", "write 275.34, and 14.56 as metadata.metric_metadata.reward.std"),
        ("87.4%", "write 87.4, and '%' as metadata.metric_metadata.reward.unit"),
        ("12 ms", "write 12, and 'ms' as metadata.metric_metadata.reward.unit"),
        ("NaN", "leave it out"),
        ("-inf", "leave it out"),
        ("good", "use JSON of type number"),
        ("<0.01", "use JSON of type number"),
    ],
)
def test_a_number_written_as_text_is_told_what_to_write(text: str, advice: str) -> None:
    with pytest.raises(InvalidArtifact) as refusal:
        check_family("statistical", {**WHOLE["statistical"], "evaluation_metrics": {"reward": text}})
    assert advice in str(refusal.value)


def test_a_parameter_written_as_text_is_told_what_to_write() -> None:
    parameters: Any = {"k": {"value": "0.1 mM", "units": None}}
    with pytest.raises(InvalidArtifact, match=r"write 0\.1, and 'mM' as units beside it"):
        check_family("biophysical", {"equations": ["A = k"], "parameters": parameters})


@pytest.mark.parametrize(("value", "is_bound"), [(float("nan"), False), (float("inf"), True)])
def test_only_what_is_infinite_may_be_an_open_bound(value: float, *, is_bound: bool) -> None:
    with pytest.raises(InvalidArtifact) as refusal:
        json_value("metadata.parameters.k.upper", value)
    assert ("open bound" in str(refusal.value)) is is_bound


def test_a_whole_number_but_for_rounding_is_told_what_to_write() -> None:
    with pytest.raises(InvalidArtifact, match=r"parameter_count is 66349999\.99999999: write 66350000"):
        check_family("statistical", {**WHOLE["statistical"], "parameter_count": 66.35 * 1e6})


def test_all_faults_are_named_at_once() -> None:
    metadata: dict[str, Any] = {
        "equations": ["A = 1", 2],
        "parameters": {"k": 0.1, "l": {"value": "1", "units": ""}, "A": {"value": None}},
        "fit_metrics": {"rmse": None},
    }
    with pytest.raises(InvalidArtifact) as refusal:
        check_family("biophysical", metadata)
    assert {fault.field for fault in refusal.value.faults} == {
        "metadata.equations[1]",
        "metadata.parameters.k",
        "metadata.parameters.l.value",
        "metadata.parameters.l.units",
        "metadata.parameters.A.units",
        "metadata.fit_metrics.rmse",
    }
    assert len(str(refusal.value).splitlines()) == 6


def test_of_very_many_faults_the_message_names_some_and_counts_the_rest() -> None:
    parameters: Any = {f"k{index}": 0.1 for index in range(500)}
    with pytest.raises(InvalidArtifact) as refusal:
        check_family("biophysical", {"equations": ["A = 1"], "parameters": parameters})
    assert len(refusal.value.faults) == 500
    assert str(refusal.value).endswith("and 480 more")


def test_a_statistical_model_without_formula_and_features_is_told_both_ways() -> None:
    with pytest.raises(InvalidArtifact, match=r"metadata\.formula is None: .*formula or features"):
        check_family("statistical", {"model_type": "ols"})


def test_a_metric_without_a_name_is_refused() -> None:
    with pytest.raises(InvalidArtifact, match="not blank"):
        check_family("statistical", {**WHOLE["statistical"], "evaluation_metrics": {" ": 1}})


def _changed(metadata: dict[str, Any], keys: list[str], value: object) -> dict[str, Any]:
    changed = copy.deepcopy(metadata)
    place: Any = changed
    for key in keys[:-1]:
        place = place[key]
    place[int(keys[-1]) if isinstance(place, list) else keys[-1]] = value
    return changed


@pytest.mark.parametrize(
    ("card", "path"),
    [
        ("a summary", "metadata.card"),
        ({"summary": 1}, "metadata.card.summary"),
        ({"authors": "A"}, "metadata.card.authors"),
        ({"authors": [{"orcid": "0000-0002-1825-0097"}]}, "metadata.card.authors[0].name"),
        ({"authors": [{"name": "A", "orcid": "0000-0002-1825-0098"}]}, "metadata.card.authors[0].orcid"),
        ({"publications": [{"doi": "xyz"}]}, "metadata.card.publications[0].doi"),
        ({"publications": [{}]}, "metadata.card.publications[0]"),
        ({"licence": {}}, "metadata.card.licence"),
        ({"inputs": [{"unit": "s"}]}, "metadata.card.inputs[0].name"),
        ({"caveats": [" "]}, "metadata.card.caveats[0]"),
    ],
)
def test_a_card_that_does_not_say_what_it_means_is_refused_by_path(card: object, path: str) -> None:
    with pytest.raises(InvalidArtifact) as refused:
        check_family("statistical", {"model_type": "linear", "formula": "y ~ x", "card": card})  # type: ignore[dict-item]
    assert [fault.field for fault in refused.value.faults] == [path]


def test_a_card_and_one_with_keys_of_its_own_are_accepted() -> None:
    card: Any = {
        "licence": "MIT",
        "authors": ["A"],
        "publications": [{"citation": "x"}],
        "homepage": {"any": 1},
    }
    check_family("statistical", {"model_type": "linear", "formula": "y ~ x", "card": card})
