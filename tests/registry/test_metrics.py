"""Which numbers count as a model's metrics and parameters, and the conditions that ask for them."""

import psycopg
import pytest
from psycopg.types.json import Jsonb
from starlette.testclient import TestClient

from tests.registry import rows
from tests.registry.requests import ids, listed, opened

NOT_NUMBERS = ["0.5", True, False, None, {"value": 0.5}, [0.5], "NaN"]
BEYOND_A_DOUBLE = "1" + "0" * 400


def metrics_of(client: TestClient) -> dict[str, float]:
    (model,) = listed(client)["models"]
    assert opened(client, model["id"])["evaluation_metrics"] == model["evaluation_metrics"]
    found: dict[str, float] = model["evaluation_metrics"]
    return found


def test_of_four_places_the_first_with_any_number(conn: psycopg.Connection, client: TestClient) -> None:
    places = ["evaluation_metrics", "training_metrics", "fit_metrics"]
    metadata: dict[str, object] = {place: {place: 1} for place in places}
    rows.model(conn, "model-a", metadata)
    rows.model_version(conn, "model-a", eval_metrics_json='{"of_version": 1}')
    assert metrics_of(client) == {"of_version": 1}
    for unusable in (None, "", " ", "{", "[1]", "1", "null", '"x"', '{"a": "1"}', '{"a": NaN}', "{}"):
        conn.execute("UPDATE model_versions SET eval_metrics_json = %s", [unusable])
        assert metrics_of(client) == {"evaluation_metrics": 1}, unusable
    for place, following in zip(places, [*places[1:], None], strict=True):
        metadata[place] = {"text": "1"}
        conn.execute("UPDATE artifacts SET metadata = %s", [Jsonb(metadata)])
        assert metrics_of(client) == ({following: 1} if following else {})


@pytest.mark.parametrize("value", NOT_NUMBERS)
def test_a_malformed_value_is_left_out_and_named(
    conn: psycopg.Connection, client: TestClient, value: object
) -> None:
    rows.model(conn, "model-a", {"evaluation_metrics": {"rmse": 0.5, "odd": value}})
    assert metrics_of(client) == {"rmse": 0.5}
    assert opened(client, "model-a")["unreadable"] == ["metadata.evaluation_metrics.odd"]


@pytest.mark.parametrize(
    "number",
    ["NaN", "Infinity", "-Infinity", BEYOND_A_DOUBLE, "-1e400", "1e999999", '"\\u0000"', '"\\ud800"'],
)
def test_what_no_double_or_text_holds_is_left_out_of_a_text_column(
    conn: psycopg.Connection, client: TestClient, number: str
) -> None:
    rows.model(conn, "model-a")
    rows.model_version(conn, "model-a", eval_metrics_json=f'{{"auc": 0.5, "odd": {number}, "n": -2}}')
    assert metrics_of(client) == {"auc": 0.5, "n": -2}
    assert opened(client, "model-a")["unreadable"] == ["model_versions.eval_metrics_json.odd"]


def test_what_no_double_holds_is_left_out_of_metadata(conn: psycopg.Connection, client: TestClient) -> None:
    rows.model(conn, "model-a")
    conn.execute(
        """UPDATE artifacts SET metadata = '{"fit_metrics": {"n": -1e400, "auc": 1e20}, "x": [1e309]}'"""
    )
    assert metrics_of(client) == {"auc": 1e20}
    detail = opened(client, "model-a")
    assert detail["unreadable"] == ["metadata.x[0]", "metadata.fit_metrics.n"]
    assert detail["metadata"] == {"fit_metrics": {"n": None, "auc": 1e20}, "x": [None]}


def test_metrics_keep_the_names_reported(conn: psycopg.Connection, client: TestClient) -> None:
    reported = {"RMSE": 1, "rmse": 2, "": 3, "a b": 4, "größe": 5, "x.y": 6, "'\"": 7, "zero": 0}
    rows.model(conn, "model-a", {"evaluation_metrics": reported})
    assert metrics_of(client) == reported


@pytest.mark.parametrize(
    ("metadata", "count"),
    [
        ({"parameter_count": 12}, 12),
        ({"parameter_count": 12.0}, 12),
        ({"parameter_count": 0}, 0),
        ({"parameter_count": 10**30}, 10**30),
        ({"parameter_count": 0, "model_family": "statistical", "coefficients": {"a": 1}}, 0),
        ({"parameter_count": 12.5}, None),
        ({"parameter_count": -1}, None),
        ({"parameter_count": "12"}, None),
        ({"parameter_count": True}, None),
        ({"parameter_count": [12]}, None),
        ({"model_family": "biophysical", "parameters": {"a": 1, "b": 2}}, 2),
        ({"model_family": "biophysical", "parameters": {}}, 0),
        (
            {
                "model_family": "biophysical",
                "parameters": {"a": {"value": 1}, "b": {"value": None, "rule": "a"}},
            },
            1,
        ),
        ({"model_family": "biophysical", "parameters": {"a": {"value": None, "lower": 0, "upper": 1}}}, 0),
        ({"model_family": "biophysical", "parameters": {"a": 1}, "parameter_count": "9"}, 1),
        ({"model_family": "biophysical", "parameters": [1, 2]}, None),
        ({"model_family": "biophysical", "coefficients": {"a": 1}}, None),
        ({"model_family": "statistical", "coefficients": {"a": 1, "b": {}, "c": 3}}, 3),
        ({"model_family": "statistical", "parameters": {"a": 1}}, None),
        ({"model_family": "deep_learning", "parameters": {"a": 1}}, None),
        ({}, None),
        ([], None),
        ("text", None),
    ],
)
def test_the_number_of_parameters(
    conn: psycopg.Connection, client: TestClient, metadata: object, count: int | None
) -> None:
    rows.model(conn, "model-a", metadata)
    assert listed(client)["models"][0]["parameter_count"] == count


def test_a_number_of_parameters_beyond_a_double_is_none(conn: psycopg.Connection, client: TestClient) -> None:
    rows.model(conn, "model-a")
    conn.execute("""UPDATE artifacts SET metadata = '{"parameter_count": 1e100000}'""")
    assert listed(client)["models"][0]["parameter_count"] is None
    assert opened(client, "model-a")["unreadable"] == ["metadata.parameter_count"]


@pytest.mark.parametrize(
    ("conditions", "kept"),
    [
        (["rmse<0.5"], ["low"]),
        (["rmse<=0.5"], ["low", "mid"]),
        (["rmse>0.5"], ["high"]),
        (["rmse>=0.5"], ["high", "mid"]),
        (["rmse=0.5"], ["mid"]),
        (["rmse = 5e-1"], ["mid"]),
        (["rmse>0.2", "rmse<0.9"], ["mid"]),
        (["rmse>0.2", "auc>0"], ["high"]),
        (["auc>-1e308"], ["high"]),
        (["RMSE>0"], []),
        (["nobody's\"metric>0"], []),
    ],
)
def test_metric_conditions_hold_together(
    conn: psycopg.Connection, client: TestClient, conditions: list[str], kept: list[str]
) -> None:
    rows.model(conn, "low", {"evaluation_metrics": {"rmse": 0.1}})
    rows.model(conn, "mid", {"evaluation_metrics": {"rmse": 0.5}})
    rows.model(conn, "high", {"evaluation_metrics": {"rmse": 0.9, "auc": 0.5}})
    rows.model(conn, "none", {"evaluation_metrics": {"rmse": "0.1"}})
    answer = listed(client, metric=conditions, sort="title")
    assert [model["id"] for model in answer["models"]] == kept
    assert answer["total"] == len(kept)


def test_a_condition_on_a_name_with_an_operator_in_it(conn: psycopg.Connection, client: TestClient) -> None:
    rows.model(conn, "model-a", {"evaluation_metrics": {"frac_p<0.05": 0.9}})
    assert ids(client, metric="frac_p<0.05>=0.9") == ["model-a"]
    assert ids(client, sort="metric:frac_p<0.05") == ["model-a"]
