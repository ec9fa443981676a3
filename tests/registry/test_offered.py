"""A version's page says where another version of its lineage has the best value."""

import random
import re

import psycopg
import pytest
from starlette.testclient import TestClient

from tests.registry import rows
from tests.unit.evaluations.columns import regression

_OBSERVED = [float(number) for number in range(40)]


def _version(
    conn: psycopg.Connection, number: int, error: float, *, rmse: float | None = None, data: str = "dataset-a"
) -> str:
    """Register a version whose predictions miss by ``error``, up and down by chance."""
    name = f"model-v{number}"
    chance = random.Random(number)  # noqa: S311 -- no secret
    misses = [error * chance.choice([-1, 1]) * chance.uniform(0.5, 1.5) for _ in _OBSERVED]
    found = (sum(miss * miss for miss in misses) / len(misses)) ** 0.5
    rows.model(
        conn,
        name,
        {
            "evaluation_metrics": {"test_rmse": found if rmse is None else rmse},
            "metric_metadata": {"test_rmse": {"dataset": data, "unit": "s"}},
        },
        version_number=number,
        parent_version_id=f"model-v{number - 1}" if number > 1 else None,
        is_latest=number == 2,
    )
    columns = regression(
        model_id=name,
        dataset_id=data,
        observed=_OBSERVED,
        predicted=[seen + miss for seen, miss in zip(_OBSERVED, misses, strict=True)],
        unit="s",
        sample=[f"s{place}" for place in range(len(_OBSERVED))],
    )
    rows.artifact(conn, f"evaluation-{name}", "evaluation", metadata=columns)
    rows.link(conn, f"evaluation-{name}", name, "evaluates")
    rows.link(conn, f"evaluation-{name}", data, "uses")
    return name


def _note(client: TestClient, name: str) -> str:
    found = re.search(r'<p class="[^"]*" id="offered">(.*?)</p>', client.get(f"/models/{name}").text)
    return re.sub(r"<[^>]+>", "", found[1]) if found else ""


@pytest.mark.parametrize("shown", ["model-v1", "model-v2", "model-v3"])
def test_a_better_version_is_named_on_the_page_of_each(
    conn: psycopg.Connection, client: TestClient, shown: str
) -> None:
    rows.dataset(conn, "dataset-a")
    for number, error in ((1, 8), (2, 6), (3, 1)):
        _version(conn, number, error)
    note = _note(client, shown)
    assert note.startswith("v2 is marked as the latest, but v3 reports a better RMSE (test): ")
    assert (
        "The predictions for 40 samples show that v3 is better (97.5 % interval of the difference: \N{MINUS SIGN}"
        in note
    )
    assert note.endswith(
        "; this may be optimistic, as the best of 3 is named by these same samples. Compare these 3 versions"
    )


def test_the_difference_has_the_interval_of_the_comparison_that_it_leads_to(
    conn: psycopg.Connection, client: TestClient
) -> None:
    rows.dataset(conn, "dataset-a")
    for number, error in ((1, 3.3), (2, 4), (3, 3), (4, 3.02)):
        _version(conn, number, error)
    note = _note(client, "model-v2")
    answer = client.get("/api/models/compare?ids=model-v2,model-v3,model-v4,model-v1").json()
    (row,) = [row for row in answer["metrics"] if row["name"] == "test_rmse"]
    assert row["evidence"]["differences"]["model-v4"]["verdict"] == "better"
    assert row["distinguished"] is False
    assert "show that v4 is better (98.33 % interval of the difference: " in note
    assert "; they do not show which of 4 versions is best. Compare these 4 versions" in note


def test_samples_that_do_not_tell_them_apart_are_said_to(
    conn: psycopg.Connection, client: TestClient
) -> None:
    rows.dataset(conn, "dataset-a")
    for number, error in ((1, 8), (2, 4), (3, 4.3)):
        _version(conn, number, error)
    note = _note(client, "model-v2")
    assert (
        "In the comparison of 3 versions, the predictions for 40 samples do not show which of the two is better."
        in note
    )


def test_values_of_other_data_are_not_compared(conn: psycopg.Connection, client: TestClient) -> None:
    rows.dataset(conn, "dataset-a")
    rows.dataset(conn, "dataset-b")
    _version(conn, 1, 8)
    _version(conn, 2, 4)
    _version(conn, 3, 1, data="dataset-b")
    assert _note(client, "model-v2").endswith("Compare v2 with v3")
    assert "The two values cannot be compared: " in _note(client, "model-v2")


def test_a_version_of_other_data_leaves_the_two_as_they_are(
    conn: psycopg.Connection, client: TestClient
) -> None:
    rows.dataset(conn, "dataset-a")
    rows.dataset(conn, "dataset-b")
    _version(conn, 1, 8, data="dataset-b")
    _version(conn, 2, 6)
    _version(conn, 3, 1)
    note = _note(client, "model-v2")
    assert "The predictions for 40 samples show that v3 is better (95 % interval" in note
    assert note.endswith("Compare v2 with v3")


def test_nothing_is_said_where_the_offered_version_is_the_best(
    conn: psycopg.Connection, client: TestClient
) -> None:
    rows.dataset(conn, "dataset-a")
    for number, error in ((1, 8), (2, 1), (3, 4)):
        _version(conn, number, error)
    assert _note(client, "model-v2") == ""


def test_a_comparison_on_data_that_were_rejected_names_nobody_best(
    conn: psycopg.Connection, client: TestClient
) -> None:
    rows.dataset(conn, "dataset-a")
    for number, error in ((1, 8), (2, 1)):
        _version(conn, number, error)
    asked = "/api/models/compare?ids=model-v1,model-v2"
    (before,) = [row for row in client.get(asked).json()["metrics"] if row["name"] == "test_rmse"]
    assert (before["best"], "fallen" in before) == (["model-v2"], False)
    conn.execute("UPDATE artifacts SET lifecycle_state = 'rejected' WHERE id = 'dataset-a'")
    (row,) = [row for row in client.get(asked).json()["metrics"] if row["name"] == "test_rmse"]
    assert (row["best"], row["leaders"], row["fallen"]) == ([], [], ["model-v1", "model-v2"])
    assert row["evidence_reason"] == (
        "the evaluations of model-v1 and model-v2, or their data (dataset-a), are retracted"
    )
