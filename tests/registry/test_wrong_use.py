"""Requests that cannot be answered: each is refused with a sentence that names what is wrong, and never fails."""

import psycopg
import pytest
from starlette.testclient import TestClient

from tests.registry import rows
from tests.registry.requests import refusal

LONG = "x" * 10_000

UNUSABLE = [
    ("limit=0", "limit"),
    ("limit=201", "limit"),
    ("limit=-1", "limit"),
    ("limit=ten", "limit"),
    ("limit=99999999999999999999999999", "limit"),
    ("limit=", "limit"),
    ("offset=-1", "offset"),
    ("offset=2147483648", "offset"),
    ("offset=0.5", "offset"),
    ("family=bayesian", 0),
    ("family=", 0),
    ("family=statistical&family=Statistical", 1),
    ("latest=maybe", "latest"),
    ("provenance=partial", "provenance"),
    ("origin_type=a%00b", "origin_type"),
    ("promotion_state=a%00b", "promotion_state"),
    ("order=up", "order"),
    ("sort=quality", "sort"),
    ("sort=", "sort"),
    ("sort=metric:", "sort"),
    ("sort=metric", "sort"),
    (f"sort=metric:{LONG}", "sort"),
    ("sort=metric:%00", "sort"),
    ("metric=rmse~3", "metric"),
    ("metric=rmse", "metric"),
    ("metric=", "metric"),
    ("metric=%3C3", "metric"),
    ("metric=rmse%3C", "metric"),
    ("metric=rmse%3Cabc", "metric"),
    ("metric=rmse%3C1e999", "metric"),
    ("metric=rmse%3C-1e999", "metric"),
    ("metric=rmse%3C1e99999999999999999999", "metric"),
    ("metric=rmse%3Cnan", "metric"),
    ("metric=rmse%3C-Infinity", "metric"),
    ("metric=rmse%3C1_000", "metric"),
    ("metric=rmse%3C%D9%A3", "metric"),
    ("metric=rmse%3C0x10", "metric"),
    ("metric=rmse%3C%3C3", "metric"),
    ("metric=rmse%3D%3D3", "metric"),
    ("metric=rmse%3C3&metric=auc", "metric"),
    ("metric=rm%00se%3C3", "metric"),
    (f"metric={LONG}%3C3", "metric"),
    (f"metric=rmse%3C0.{'0' * 10_000}1", "metric"),
    ("dataset=%00", "dataset"),
    (f"dataset={LONG}", "dataset"),
    ("dataset=a&dataset=b%00", "dataset"),
    ("hypothesis=h%00", "hypothesis"),
    (f"hypothesis={LONG}", "hypothesis"),
    ("analysis=%00", "analysis"),
    (f"analysis={LONG}", "analysis"),
    ("q=%00", "q"),
    (f"q={LONG}", "q"),
    ("facets=some", "facets"),
    ("cursor=", "cursor"),
    ("cursor=garbage", "cursor"),
    ("cursor=%00", "cursor"),
    ("cursor=%ff%fe", "cursor"),
    (f"cursor={LONG}", "cursor"),
    ("cursor=W10", "cursor"),
    ("cursor=garbage&offset=1", "cursor"),
]


@pytest.mark.parametrize(("query", "parameter"), UNUSABLE)
def test_an_unusable_value_is_refused_by_name(
    conn: psycopg.Connection, client: TestClient, query: str, parameter: str | int
) -> None:
    rows.model(conn, "model-a")
    at_fault, sentence = refusal(client, f"/api/models?{query}")
    assert at_fault == parameter
    assert "psycopg" not in sentence
    assert "SELECT" not in sentence


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("metric=rmse~3", "rmse<0.05"),
        ("metric=rmse%3Cabc", "abc"),
        ("family=bayesian", "biophysical"),
        ("sort=quality", "quality_score"),
        ("sort=quality", "metric:NAME"),
        ("limit=0", "1"),
        ("cursor=garbage", "without it"),
    ],
)
def test_a_refusal_says_what_would_be_right(client: TestClient, query: str, words: str) -> None:
    assert words in refusal(client, f"/api/models?{query}")[1]


@pytest.mark.parametrize(
    ("address", "unknown", "nearest"),
    [
        ("/api/models?familly=statistical", "familly", "family"),
        ("/api/models?Limit=3", "Limit", "limit"),
        ("/api/models?datasets=a", "datasets", "dataset"),
        ("/api/models?page=2", "page", "offset"),
        ("/api/models?%00=2", "\0", None),
        ("/api/models?=2", "", None),
        ("/api/models/compare?ids=a,b&base=a", "base", "baseline"),
        ("/api/models/compare?id=a&ids=a,b", "id", "ids"),
        ("/api/models/model-a?format=csv", "format", None),
    ],
)
def test_an_unknown_parameter_is_refused_with_the_nearest_known_one(
    conn: psycopg.Connection, client: TestClient, address: str, unknown: str, nearest: str | None
) -> None:
    rows.model(conn, "model-a")
    at_fault, sentence = refusal(client, address)
    assert at_fault == unknown
    assert nearest is None or f"nearest known one is {nearest}" in sentence


@pytest.mark.parametrize(
    ("address", "at_fault"),
    [
        ("/api/models?hypothesis=h-1&hypothesis=h-2", "hypothesis"),
        ("/api/models?sort=title&family=statistical&sort=title", "sort"),
        ("/api/models/compare?ids=a&ids=b&format=csv&format=json", "format"),
    ],
)
def test_a_second_value_where_one_is_taken_is_refused(
    client: TestClient, address: str, at_fault: str
) -> None:
    assert refusal(client, address) == (at_fault, f"{at_fault} is given 2 times; it takes one value")


def test_a_very_long_unknown_parameter_is_not_repeated_whole(client: TestClient) -> None:
    at_fault, sentence = refusal(client, f"/api/models?{LONG}={LONG}")
    assert len(at_fault) + len(sentence) < 500


@pytest.mark.parametrize(
    "query", ["q=%ff%fe", "q=%", "q=%zz", "q=%ed%a0%80", "dataset=%ed%a0%80", "family&", "q=a;b", "&&"]
)
def test_malformed_encodings_are_answered_or_refused(
    conn: psycopg.Connection, client: TestClient, query: str
) -> None:
    rows.model(conn, "model-a")
    assert client.get(f"/api/models?{query}").status_code in {200, 422}


@pytest.mark.parametrize(
    "model_id", ["%00", f"a%00{LONG}", LONG, "%ff", "%ed%a0%80", "%", "", "%20", "%2F", "'--"]
)
def test_an_id_that_no_model_can_have_is_not_found(client: TestClient, model_id: str) -> None:
    answer = client.get(f"/api/models/{model_id}")
    assert answer.status_code == 404
    body = answer.json()
    assert body["code"] == "model_not_found"
    assert len(body["missing"]) == 1
    assert len(body["detail"]) < 500


@pytest.mark.parametrize(
    "query",
    [
        "",
        "ids=",
        "ids=a",
        "ids=a,a",
        "ids=a&ids=a",
        "ids=,,a,",
        "ids=" + ",".join("abcdefghijk"),
        f"ids=a,{LONG}",
        "ids=a,b%00",
    ],
)
def test_ids_that_cannot_be_compared_are_refused(client: TestClient, query: str) -> None:
    assert refusal(client, f"/api/models/compare?{query}")[0] == "ids"


def test_of_many_unknown_parameters_the_first_are_named(client: TestClient) -> None:
    """Each was compared with all known ones while no other request was answered: 5,000 took 5 s."""
    answer = client.get("/api/models?" + "&".join(f"unknown{place}=1" for place in range(3000)))
    assert answer.status_code == 422
    assert [one["loc"] for one in answer.json()["detail"]] == [
        ["query", f"unknown{place}"] for place in range(10)
    ]
