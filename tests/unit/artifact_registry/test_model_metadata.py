"""What metadata each family of models must and may hold."""

import copy
from typing import Any

import pytest

from scidex.atlas._artifact_registry.errors import InvalidArtifact
from scidex.atlas._artifact_registry.model_metadata import MODEL_FAMILIES, check_family
from tests.unit.artifact_registry.whole_metadata import COMMON, WHOLE


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


def _changed(metadata: dict[str, Any], keys: list[str], value: object) -> dict[str, Any]:
    changed = copy.deepcopy(metadata)
    place: Any = changed
    for key in keys[:-1]:
        place = place[key]
    place[int(keys[-1]) if isinstance(place, list) else keys[-1]] = value
    return changed
