"""Models and runs that others published, registered as they are, and what a comparison of them says.

The numbers are theirs: statsmodels and lmfit on R's datasets (airquality, Indometh, Theoph), model cards of Hugging
Face, runs under the names of mlflow.sklearn.autolog, NeuroML and NEURON files of one cell, PEtab benchmark problems.
"""

import html
import re
from typing import Any

import numpy as np
import psycopg
import pytest
from starlette.testclient import TestClient

from scidex.atlas.artifact_registry import (
    InvalidArtifact,
    Link,
    RegisteredModel,
    pin_inputs,
    register_artifact,
)
from scidex.atlas.model_registry import get_model_detail
from tests.registering.published import DECAY, TRANSFORMER, compared, registered

OLS = {"model_type": "OLS", "features": ["x"], "formula": "Ozone ~ Temp"}


def page(client: TestClient, *models: RegisteredModel) -> str:
    ids = ",".join(model.id for model in models)
    return html.unescape(re.sub(r"<[^>]+>", " ", client.get(f"/models/compare?ids={ids}").text))


@pytest.fixture
def fitted(conn: psycopg.Connection) -> dict[str, str]:
    """Register a dataset and an analysis that pins it; name them as the origins of a fit."""
    register_artifact(artifact_type="dataset", title="airquality", artifact_id="dataset-x", conn=conn)
    cited = [Link("dataset-x", "cites")]
    register_artifact(artifact_type="analysis", title="fit", artifact_id="analysis-x", links=cited, conn=conn)
    pin_inputs("analysis-x", conn=conn)
    return {"trained_on": "dataset-x", "produced_by": "analysis-x"}


def measured(conn: psycopg.Connection, dataset: str, **metrics: float) -> RegisteredModel:
    """Register a network with these values on a dataset."""
    return registered(
        conn,
        TRANSFORMER,
        model_version={"eval_metrics": metrics, "eval_dataset_artifact_id": dataset},
    )


def test_criteria_of_another_response(conn: psycopg.Connection, fitted: dict[str, str]) -> None:
    own = {"target_variable": "Ozone", "fit_metrics": {"aic": 1065.7063, "llf": -530.8532, "nobs": 116}}
    log = {"formula": "np.log(Ozone) ~ Temp", "target_variable": "np.log(Ozone)"}
    log["fit_metrics"] = {"aic": 206.7286, "llf": -101.3643, "nobs": 116}  # type: ignore[assignment]
    rows = compared(conn, registered(conn, OLS, own, **fitted), registered(conn, OLS, log, **fitted))
    assert [(rows[name]["comparable"], rows[name]["best"]) for name in ("aic", "llf")] == [(False, [])] * 2


@pytest.mark.parametrize(
    "software",
    [
        ({}, {}),
        ({"software": "statsmodels 0.15"}, {}),
        ({"software": "statsmodels"}, {"software": "lmfit 1.3.4"}),
    ],
)
def test_criteria_of_other_software(
    conn: psycopg.Connection, fitted: dict[str, str], software: tuple[dict[str, str], dict[str, str]]
) -> None:
    """The same model of the same 116 rows: lmfit leaves out n (1 + ln 2 pi) = 329.19."""
    first, second = (
        registered(conn, OLS, {**said, "fit_metrics": {"aic": aic, "rsquared": 0.487707167}}, **fitted)
        for said, aic in zip(software, (1065.70634, 736.5126), strict=True)
    )
    rows = compared(conn, first, second)
    assert rows["aic"]["comparable"] is None
    assert rows["rsquared"]["best"] == [first.id, second.id]


def test_criteria_of_the_same_software_compare(conn: psycopg.Connection, fitted: dict[str, str]) -> None:
    first, second = (
        registered(conn, OLS, {"software": written, "fit_metrics": {"aic": aic, "nobs": 116}}, **fitted)
        for written, aic in (("statsmodels 0.15", 1065.7), ("statsmodels==0.14.2", 1045.4))
    )
    row = compared(conn, first, second)["aic"]
    assert (row["comparable"], row["best"]) == (True, [second.id])


def test_a_fraction_beside_a_percentage(conn: psycopg.Connection) -> None:
    """Cards of wav2vec2-xls-r-300m-mt-o1 and wav2vec2-large-xls-r-1b-cv8-mt-lm, both on Common Voice 8 mt."""
    register_artifact(artifact_type="dataset", title="cv8", artifact_id="dataset-cv8-mt", conn=conn)
    wer = (0.2378369069146646, 15.88)
    row = compared(conn, *(measured(conn, "dataset-cv8-mt", **{"Test WER": value}) for value in wer))[
        "Test WER"
    ]
    assert (row["comparable"], row["best"]) == (None, [])
    assert "0.2378" in row["reason"]
    assert "15.88" in row["reason"]


def test_training_values_of_other_data(conn: psycopg.Connection) -> None:
    """Breast cancer, 426 and 40 training rows, the same 143 test rows."""
    for name in ("426", "40", "test"):
        register_artifact(artifact_type="dataset", title=name, artifact_id=f"dataset-{name}", conn=conn)
    models = [
        registered(
            conn,
            TRANSFORMER,
            trained_on=f"dataset-{rows}",
            model_version={"eval_metrics": metrics, "eval_dataset_artifact_id": "dataset-test"},
        )
        for rows, metrics in (
            ("426", {"training_log_loss": 0.05285, "log_loss": 0.09849}),
            ("40", {"training_log_loss": 0.0002286, "log_loss": 0.10889}),
        )
    ]
    rows = compared(conn, *models)
    assert (rows["training_log_loss"]["comparable"], rows["training_log_loss"]["best"]) == (False, [])
    assert (rows["log_loss"]["comparable"], rows["log_loss"]["best"]) == (True, [models[0].id])


def test_reduced_chi_square_without_weights(conn: psycopg.Connection) -> None:
    models = [
        registered(conn, DECAY, {"fit_metrics": {"redchi": redchi, "rsquared": r2}})
        for redchi, r2 in ((0.0400527, 0.90145), (0.0304464, 0.92743))
    ]
    assert compared(conn, *models)["redchi"]["best"] == []


def test_units_of_metrics(conn: psycopg.Connection) -> None:
    models = [
        registered(
            conn,
            DECAY,
            {
                "evaluation_metrics": {"rmse": value},
                "metric_metadata": {"rmse": {"units": unit, "dataset": "dataset-x"}},
            },
        )
        for value, unit in ((0.2001, "mcg/mL"), (174.5, "ng/mL"))
    ]
    row = compared(conn, *models)["rmse"]
    assert (row["best"], row["delta_percent"][models[1].id]) == ([models[1].id], -12.79)


def test_an_exposure_ranks_no_model(conn: psycopg.Connection) -> None:
    exposure = {"auc": {"unit": "mg*h/L", "dataset": "dataset-x"}}
    models = [
        registered(conn, DECAY, {"evaluation_metrics": {"auc": auc}, "metric_metadata": exposure})
        for auc in (148.92305, 91.5268)
    ]
    row = compared(conn, *models)["auc"]
    assert (row["direction"], row["best"]) == ("neutral", [])


def test_the_summary_says_what_the_rows_say(conn: psycopg.Connection, client: TestClient) -> None:
    register_artifact(artifact_type="dataset", title="cola", artifact_id="dataset-cola", conn=conn)
    models = [measured(conn, "dataset-cola", matthews_correlation=value) for value in (0.52778, 0.59811)]
    row = compared(conn, *models)["matthews_correlation"]
    assert (row["direction"], row["comparable"], row["best"]) == ("higher", True, [models[1].id])
    told = page(client, *models)
    assert "can be compared with certainty" not in told
    assert "0.5981" in told


@pytest.mark.parametrize("number", [115, 1335])
def test_many_equations_are_shown_or_counted(
    conn: psycopg.Connection, client: TestClient, number: int
) -> None:
    """Chen_MSB2009 has 1,335."""
    equations = [f"v{place} = k*c{place}" for place in range(number)]
    model = registered(conn, DECAY, {"equations": equations})
    kept: Any = get_model_detail(model.id, conn=conn)["metadata"]
    assert kept["equations"] == equations
    told = html.unescape(client.get(f"/models/{model.id}").text)
    assert f"Equations {number:,}" in " ".join(re.sub("<[^>]+>", " ", told).split())
    assert all(
        f">{place}<" in told or f"v{place}" in told or f"c{place}" in told for place in (0, number - 1)
    )


def test_many_features_are_shown_or_counted(conn: psycopg.Connection, client: TestClient) -> None:
    """PolynomialFeatures(2) of load_digits has 2,144 names."""
    features = [f"pixel_{place}" for place in range(2144)]
    model = registered(conn, OLS, {"features": features})
    kept: Any = get_model_detail(model.id, conn=conn)["metadata"]
    assert kept["features"] == features
    assert "2,144" in client.get(f"/models/{model.id}").text


@pytest.mark.parametrize(
    "more",
    [
        {"parameters": {"K2": {"value": 0.1, "units": None}}},
        {"parameters": {"Kf": {"value": None, "units": "1/s", "rule": "k*R"}}},
        {"parameters": {"U": {"value": None, "units": None, "assignment": "2*V"}}},
        {"parameters": {"v": {"value": None, "units": "mmol/gDW/h", "lower": -1000, "upper": None}}},
        {"equations": ["Clb5 = MBF & !Sic1"], "parameters": {}, "model_type": "logical"},
        {"equations": ["Clb5 = MBF & !Sic1"], "parameters": {}},
        {"equations": [], "parameters": {}, "model_type": "constraint-based"},
    ],
)
def test_quantities_of_published_models(conn: psycopg.Connection, more: dict[str, Any]) -> None:
    assert registered(conn, DECAY, more).warnings == []


@pytest.mark.parametrize(
    ("metadata", "more", "path", "said"),
    [
        (DECAY, {"parameters": {"Kf": {"value": None, "units": "1/s"}}}, "parameters.Kf.value", "rule"),
        (TRANSFORMER, {"evaluation_metrics": {"loss": float("nan")}}, "evaluation_metrics.loss", "finite"),
        (
            TRANSFORMER,
            {"evaluation_metrics": {"reward": "275.34 +/- 14.56"}},
            "evaluation_metrics.reward",
            "std",
        ),
        (TRANSFORMER, {"training_config": {"epochs": -1}}, "training_config.epochs", "0"),
    ],
)
def test_what_is_refused_says_what_to_write(
    conn: psycopg.Connection, metadata: dict[str, Any], more: dict[str, Any], path: str, said: str
) -> None:
    with pytest.raises(InvalidArtifact) as refused:
        registered(conn, metadata, more)
    (fault,) = refused.value.faults
    assert fault.field == f"metadata.{path}"
    assert said in fault.advice


def test_numbers_of_programs(conn: psycopg.Connection) -> None:
    more = {
        "training_config": {"epochs": 5.0, "learning_rate": np.float32(0.5), "steps": 1.5e9},
        "evaluation_metrics": {"accuracy": np.float64(0.75), "mean_reward": 275.34},
        "metric_metadata": {"mean_reward": {"std": 14.56}},
        "fit_metrics": {"nobs": np.int64(5), "ok": np.bool_(True)},  # noqa: FBT003 - a value
    }
    model = registered(conn, TRANSFORMER, more)
    metadata: Any = get_model_detail(model.id, conn=conn)["metadata"]
    assert metadata["training_config"] == {"epochs": 5, "learning_rate": 0.5, "steps": 1_500_000_000}
    assert metadata["fit_metrics"] == {"nobs": 5, "ok": True}
