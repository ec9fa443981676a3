"""What a comparison by hand says of the metrics and the configuration of its models."""

from scidex.atlas._model_registry.contract.answers import ConfigurationRow, MetricRow
from tests.unit.pages.example_models import IDS, LASSO, LOGISTIC, MLP


def metric(name: str, values: list[float | None]) -> MetricRow:
    """Return a metric that compares, higher being better, for the example's models in order."""
    reported = [value for value in values if value is not None]
    base = values[0]
    deltas = [None if value is None or base is None else value - base for value in values]
    return MetricRow(
        name=name,
        direction="higher",
        target=None,
        unit=None,
        values=dict(zip(IDS, values, strict=True)),
        best=[i for i, value in zip(IDS, values, strict=True) if value == max(reported)],
        delta=dict(zip(IDS, deltas, strict=True)),
        delta_percent={
            i: None if delta is None or not base else 100 * delta / base
            for i, delta in zip(IDS, deltas, strict=True)
        },
        comparable=True,
        reason=None,
    )


def metrics() -> list[MetricRow]:
    """Return every kind of row there is: decided, refused, not to be told, neutral, without a number."""
    brier = metric("test_brier", [0.113, 0.131, 0.1134])
    brier["direction"], brier["best"] = "lower", [MLP]
    aic = metric("aic", [None, -214.2, -230.8])
    aic["direction"], aic["best"], aic["comparable"] = "lower", [], False
    aic["finding"] = {
        "code": "fitted_data_differ",
        "values": {LASSO: "dataset-ad-train-2024", LOGISTIC: "dataset-ad-train"},
        "detail": None,
    }
    bic = metric("bic", [None, -190.0, -201.5])
    bic["direction"], bic["best"], bic["comparable"], bic["finding"] = "lower", [], False, aic["finding"]
    accuracy = metric("accuracy", [0.88, 0.86, 0.88])
    accuracy["comparable"] = None
    accuracy["finding"] = {
        "code": "data_undeclared",
        "values": {MLP: "dataset-ad-test", LOGISTIC: None},
        "detail": None,
    }
    epochs = metric("epochs", [240, None, None])
    epochs["direction"], epochs["best"] = "neutral", []
    epochs["not_a_number"] = [LASSO]
    latency = metric("latency", [1.2e-5, 3.4e-6, 0.0])
    latency["direction"], latency["best"], latency["unit"] = "lower", [LASSO], "s"
    latency["units"] = {MLP: "s", LOGISTIC: "s", LASSO: "furlong"}
    return [
        metric("test_roc_auc", [0.9312, 0.9058, 0.9145]),
        brier,
        metric("test_mcc", [0.61, 0.55, 0.61]),
        metric("train_roc_auc", [0.9991, 0.9412, 0.9403]),
        accuracy,
        aic,
        bic,
        epochs,
        latency,
    ]


def configuration() -> list[ConfigurationRow]:
    """Give rows that differ in each way, and three that do not."""
    return [
        ConfigurationRow(
            section="parameters",
            path="k_clear",
            values={
                MLP: {"value": 0.05, "unit": "1/hr", "source": "fitted"},
                LOGISTIC: {"value": 2.4, "unit": "1/day", "source": "PMID:1"},
                LASSO: None,
            },
            equal=False,
            change={MLP: "same", LOGISTIC: "changed", LASSO: "removed"},
            ratio={MLP: 1.0, LOGISTIC: 2.0, LASSO: None},
        ),
        ConfigurationRow(
            section="architecture",
            path="layer_config.hidden_dims",
            values={MLP: {"value": [32, 16]}, LOGISTIC: {"value": "none"}, LASSO: None},
            equal=False,
            change={MLP: "same", LOGISTIC: "type_changed", LASSO: "removed"},
            ratio=dict.fromkeys(IDS),
        ),
        ConfigurationRow(
            section="training",
            path="penalty",
            values={MLP: None, LOGISTIC: None, LASSO: {"value": "l1"}},
            equal=False,
            change={MLP: "same", LOGISTIC: "same", LASSO: "added"},
            ratio=dict.fromkeys(IDS),
        ),
        *(_same_setting(name) for name in ("seed", "solver", "standardise")),
    ]


def _same_setting(name: str) -> ConfigurationRow:
    return ConfigurationRow(
        section="training",
        path=name,
        values={i: {"value": 20260405} for i in IDS},
        equal=True,
        change=dict.fromkeys(IDS, "same"),
        ratio=dict.fromkeys(IDS, 1.0),
    )
