"""Metadata that fits, one for each family."""

from typing import Any

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
