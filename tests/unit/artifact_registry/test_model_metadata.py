"""What metadata each family of models must and may hold."""

import copy
from typing import Any

import pytest

from scidex.atlas._artifact_registry.errors import InvalidArtifact
from scidex.atlas._artifact_registry.model_metadata import MODEL_FAMILIES, check_family

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
        ("biophysical", "parameters", {}),
        ("biophysical", "parameters", [1]),
        ("biophysical", "parameters.k", 0.1),
        ("biophysical", "parameters.k.value", "0.1"),
        ("biophysical", "parameters.k.value", True),
        ("biophysical", "parameters.k.value", None),
        ("biophysical", "parameters.k.units", None),
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
    assert refusal.value.field == "metadata." + path.replace(".0", "[0]")


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
