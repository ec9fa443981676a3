"""Which models a comparison takes, in which order, and as which file it is sent."""

import csv
import html
import io
import re
from urllib.parse import quote

import psycopg
import pytest
from starlette.testclient import TestClient

from tests.registry import rows
from tests.registry.requests import refusal

ADDRESS = "/api/models/compare"


def compared(client: TestClient, query: str) -> list[str]:
    answer = client.get(f"{ADDRESS}?{query}")
    assert answer.status_code == 200, answer.text
    body = answer.json()
    assert body["baseline"] in [model["id"] for model in body["models"]]
    return [model["id"] for model in body["models"]]


@pytest.fixture(autouse=True)
def _models(conn: psycopg.Connection) -> None:
    rows.model(conn, "model-a", {"evaluation_metrics": {"rmse": 0.5, "=cmd|' /C calc'!A0": 1, 'a,"b"\n': 2}})
    rows.model(conn, "model-b", {"evaluation_metrics": {"rmse": 0.25}})
    rows.model(conn, "model-a,b")
    rows.dataset(conn, "dataset-a")


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("ids=model-a,model-b", ["model-a", "model-b"]),
        ("ids=model-b&ids=model-a", ["model-b", "model-a"]),
        ("ids=b,a", ["model-b", "model-a"]),
        ("ids=model-a,model-b,a,model-a,b", ["model-a", "model-b"]),
        ("ids=model-a&ids=model-b&ids=a", ["model-a", "model-b"]),
        ("ids=,model-a,,model-b,", ["model-a", "model-b"]),
        ("ids=model-a%2Cmodel-b", ["model-a", "model-b"]),
        ("ids=model-a%2Cb&ids=model-b", ["model-a,b", "model-b"]),
        ("ids=a%2Cb&ids=model-b,model-a", ["model-a,b", "model-b", "model-a"]),
        ("%69ds=a,b", ["model-a", "model-b"]),
    ],
)
def test_ids_by_commas_and_by_repetition(client: TestClient, query: str, ids: list[str]) -> None:
    assert compared(client, query) == ids


def test_ten_models_at_most_whatever_they_repeat(conn: psycopg.Connection, client: TestClient) -> None:
    names = [rows.model(conn, f"model-{number}") for number in range(10)]
    assert compared(client, "ids=" + ",".join(names * 2)) == names
    assert "10" in refusal(client, f"{ADDRESS}?ids={','.join([*names, 'model-a'])}")[1]


def test_two_spellings_of_one_model_are_one(client: TestClient) -> None:
    assert refusal(client, f"{ADDRESS}?ids=a,model-a")[0] == "ids"


@pytest.mark.parametrize("baseline", ["model-b", "b"])
def test_the_baseline_is_the_first_or_the_one_named(client: TestClient, baseline: str) -> None:
    assert client.get(f"{ADDRESS}?ids=a,b").json()["baseline"] == "model-a"
    answer = client.get(f"{ADDRESS}?ids=a,b&baseline={baseline}").json()
    assert answer["baseline"] == "model-b"
    assert [model["id"] for model in answer["models"]] == ["model-a", "model-b"]


@pytest.mark.parametrize("baseline", ["model-c", "", "dataset-a", "%00"])
def test_a_baseline_that_is_not_compared_is_refused(client: TestClient, baseline: str) -> None:
    parameter, sentence = refusal(client, f"{ADDRESS}?ids=a,b&baseline={baseline}")
    assert parameter == "baseline"
    assert "model-a, model-b" in sentence


def test_every_unknown_id_is_named(client: TestClient) -> None:
    answer = client.get(f"{ADDRESS}?ids=model-a,model-x,y,dataset-a,{quote('模型')}")
    assert answer.status_code == 404
    body = answer.json()
    assert (body["code"], body["missing"]) == ("model_not_found", ["model-x", "y", "dataset-a", "模型"])
    assert all(name in body["detail"] for name in body["missing"])


def test_an_id_of_another_artifact_says_so(client: TestClient) -> None:
    answer = client.get(f"{ADDRESS}?ids=model-a,dataset-a")
    assert answer.status_code == 404
    assert (answer.json()["code"], answer.json()["missing"]) == ("not_a_model", ["dataset-a"])


def test_as_a_table_for_spreadsheets(client: TestClient) -> None:
    answer = client.get(f"{ADDRESS}?ids=a,b&format=csv")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert re.search(r'filename="comparison-[0-9a-f]{12}\.csv"', answer.headers["content-disposition"])
    lines = list(csv.reader(io.StringIO(answer.text, newline=""), strict=True))
    assert any("rmse" in line for line in lines)
    assert any("0.25" in line for line in lines)
    assert not [cell for line in lines for cell in line if cell.startswith(("=", "@"))], "a formula"


def test_a_byte_order_mark_is_for_spreadsheets_that_ask_for_it(client: TestClient) -> None:
    plain, marked = (client.get(f"{ADDRESS}?ids=a,b&format=csv{bom}").content for bom in ("", "&bom=true"))
    assert marked == b"\xef\xbb\xbf" + plain
    page = html.unescape(client.get("/models/compare?ids=a,b").text)
    assert f'{ADDRESS}?ids=model-a&ids=model-b&format=csv&bom=true"' in page


def test_the_page_shows_the_settings_that_are_asked_for_by_name(
    client: TestClient, conn: psycopg.Connection
) -> None:
    rows.model(conn, "model-x", {"parameters": {"k_on": 1, "k_off": 2}})
    rows.model(conn, "model-y", {"parameters": {"k_on": 3, "k_off": 4}})
    page = client.get("/models/compare", params={"ids": "x,y", "setting": " ON "})
    assert page.status_code == 200
    headings = re.findall(r'<th scope="row">.*?</th>', page.text)
    assert [heading for heading in headings if "k_<wbr>" in heading] == [
        '<th scope="row"><bdi>k_<wbr>on</bdi></th>'
    ]
    assert client.get("/models/compare?ids=x,y&setting=a&setting=b").status_code == 422
    assert client.get(f"/models/compare?ids=x,y&setting={'a' * 2000}").status_code == 422
    assert client.get("/models/compare?ids=x,y&setting=%00").status_code == 422


@pytest.mark.parametrize("form", ["", "&format=json", "&format=md"])
def test_a_byte_order_mark_is_of_csv_alone(client: TestClient, form: str) -> None:
    assert refusal(client, f"{ADDRESS}?ids=a,b{form}&bom=true")[0] == "bom"


def test_as_a_table_in_markdown(client: TestClient) -> None:
    answer = client.get(f"{ADDRESS}?ids=a,b&format=md")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/markdown; charset=utf-8"
    assert any(line.startswith("|") and "rmse" in line for line in answer.text.splitlines())


@pytest.mark.parametrize("name", ["xml", "CSV", ""])
def test_an_unknown_format_is_refused(client: TestClient, name: str) -> None:
    assert refusal(client, f"{ADDRESS}?ids=a,b&format={name}")[0] == "format"


def test_no_format_hides_an_error(client: TestClient) -> None:
    assert client.get(f"{ADDRESS}?ids=a,x&format=csv").json()["code"] == "model_not_found"
