"""Comparisons as files that last: the same bytes, a digest that can be checked, nothing outside of the file."""

import csv
import hashlib
import io
import json
import re
import zipfile

import psycopg
import pytest
from starlette.testclient import TestClient

from scidex.atlas.model_registry import export_model
from tests.exports.judges import judge_crate
from tests.registry import rows
from tests.serving import http

FORMATS = ("json", "csv", "md", "html", "bibtex", "tex", "crate")
ENDS = {"json": "json", "csv": "csv", "md": "md", "html": "html", "bib": "bibtex", "tex": "tex"}


@pytest.fixture
def address(conn: psycopg.Connection) -> str:
    """Write two models and return the address of their comparison."""
    for name, value, unit in (("model-a", 1500, "mg/L"), ("model-b", 1.25, "g/L")):
        metadata = {
            "evaluation_metrics": {"test_rmse": value, "aic": -3},
            "metric_metadata": {"test_rmse": {"unit": unit}},
        }
        rows.model(
            conn,
            name,
            metadata,
            title=f"Model & {name} 100 %",
            content_hash=f"sha256:{name}",
            created_at="2026-04-05",
        )
    return "/api/models/compare?ids=model-a&ids=model-b"


def test_the_digest_is_that_of_the_answer(client: TestClient, address: str) -> None:
    digest = hashlib.sha256(client.get(address).content).hexdigest()
    for name in FORMATS:
        answer = client.get(f"{address}&format={name}")
        assert answer.status_code == 200
        assert name == "json" or digest.encode() in _whole(answer.content), name
        assert client.get(f"{address}&format={name}").content == answer.content, name


def _whole(content: bytes) -> bytes:
    """Return a file, of a package its description of itself."""
    if not content.startswith(b"PK"):
        return content
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read("ro-crate-metadata.json")


def test_the_package_holds_every_other_file_as_it_is(client: TestClient, address: str) -> None:
    content = client.get(f"{address}&format=crate").content
    judge_crate(content)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    assert set(files) == {"ro-crate-metadata.json", *(f"comparison.{end}" for end in ENDS)}
    for end, name in ENDS.items():
        assert files[f"comparison.{end}"] == client.get(f"{address}&format={name}").content, name
    models = [
        one for one in json.loads(files["ro-crate-metadata.json"])["@graph"] if "MLModel" in one["@type"]
    ]
    assert [one["identifier"] for one in models] == ["model-a", "model-b"]
    assert "Content hash sha256:model-a." in models[0]["description"]


def test_a_package_of_a_comparison_needs_a_date(conn: psycopg.Connection, client: TestClient) -> None:
    for name in ("model-a", "model-b"):
        rows.model(conn, name, created_at="infinity")
    answer = client.get("/api/models/compare?ids=model-a&ids=model-b&format=crate")
    assert answer.status_code == 422
    assert "wants a date of publication" in answer.json()["detail"][0]["msg"]


def test_the_page_needs_nothing_else(client: TestClient, address: str) -> None:
    answer = client.get(f"{address}&format=html")
    page = answer.text
    digest = hashlib.sha256(client.get(address).content).hexdigest()
    assert answer.headers["content-disposition"] == f'attachment; filename="comparison-{digest[:12]}.html"'
    assert not re.search(r"<link|<img|<iframe|src=|@import|url\((?!#)", page)
    assert "another host" not in page
    assert {href[:22] for href in re.findall(r'href="([^"#]+)', page)} == {"http://127.0.0.1:8000/"}
    (embedded,) = re.findall(
        r'<script type="application/json" id="comparison">(.*?)</script>', page, re.DOTALL
    )
    assert json.loads(embedded) == client.get(address).json()
    assert "--text" in page, "the style is inside"
    assert "registered on 2026-04-05" in page


def test_the_table_for_latex_has_common_units_and_no_stray_character(
    client: TestClient, address: str
) -> None:
    text = client.get(f"{address}&format=tex").text
    assert "RMSE (test) (mg/L) & lower & 1500" in text
    assert "& 1250" in text
    assert "textbf" not in text, "no samples show it to be the best"
    assert "Comparable & Told apart" in text
    assert "Model \\& model-a 100 \\% v1" in text
    table = text[text.index("\\toprule") : text.index("\\bottomrule")]
    columns = {len(re.findall(r"(?<!\\)&", line)) for line in table.splitlines() if line.endswith("\\\\")}
    assert columns == {5}


def test_the_page_shows_the_digest_of_the_json(client: TestClient, address: str) -> None:
    digest = hashlib.sha256(client.get(address).content).hexdigest()
    page = client.get(address.removeprefix("/api")).text
    assert f"<code>{digest[:32]}<wbr>{digest[32:]}</code>" in page


def test_bibtex_holds_the_models_own_entries(
    conn: psycopg.Connection, client: TestClient, address: str
) -> None:
    text = client.get(f"{address}&format=bibtex").text
    whole, *entries = re.split(r"^(?=@misc)", text, flags=re.MULTILINE)[1:]
    assert re.match(r"@misc\{comparison-[0-9a-f]{12},", whole)
    own = [export_model(one, "bibtex", conn=conn).content.decode() for one in ("model-a", "model-b")]
    assert [one.rstrip() for one in entries] == [one.rstrip() for one in own]


def test_tables_carry_titles_hashes_and_the_address(client: TestClient, address: str) -> None:
    table = {
        (row[0], row[1]): row[3:] for row in csv.reader(io.StringIO(client.get(f"{address}&format=csv").text))
    }
    assert table["model", "content hash"][:2] == ["sha256:model-a", "sha256:model-b"]
    assert (
        table["comparison", "permalink"][0] == "http://127.0.0.1:8000/models/compare?ids=model-a&ids=model-b"
    )
    assert len({len(row) for row in table.values()}) == 1
    text = client.get(f"{address}&format=md").text
    assert "| model-a | Model &amp; model-a 100 % | 1 | sha256:model-a |" in text


def test_the_demo_compares_in_every_format(live_server: str) -> None:
    asked = f"{live_server}/api/models/compare?ids=ad-logistic-v1,ad-perceptron-v4"
    for name in FORMATS:
        assert http.get(f"{asked}&format={name}", timeout=60).status_code == 200, name


def test_latex_gives_no_emphasis_where_samples_do_not_tell_models_apart(live_server: str) -> None:
    asked = f"{live_server}/api/models/compare?ids=ad-logistic-v1,ad-perceptron-v4"
    rows_told = {
        row["name"]: row.get("distinguished") for row in http.get(asked, timeout=60).json()["metrics"]
    }
    assert rows_told["test_roc_auc"] is False
    text = http.get(f"{asked}&format=tex", timeout=60).text
    (line,) = (line for line in text.splitlines() if line.startswith("ROC AUC (test)"))
    assert "textbf" not in line
    assert line.endswith("& yes & no \\\\")
    assert "textbf" not in text, "training metrics and likelihoods have no best"


def test_latex_carries_intervals_and_what_was_recomputed(live_server: str) -> None:
    asked = f"{live_server}/api/models/compare?ids=ad-logistic-v1,ad-perceptron-v4"
    told = {row["name"]: row for row in http.get(asked, timeout=60).json()["metrics"]}
    lines = http.get(f"{asked}&format=tex", timeout=60).text.splitlines()
    reported = told["test_roc_auc"]
    (line,) = (line for line in lines if line.startswith("ROC AUC (test)"))
    for model, value in reported["values"].items():
        low, high = reported["evidence"]["intervals"][model]
        assert f"{value} [{low:.4g}, {high:.4g}]" in line
    (recomputed,) = (row for row in told.values() if row.get("recomputed") and "mcc" in row["name"])
    (line,) = (line for line in lines if line.startswith("MCC (test), recomputed"))
    assert all(f"{value:.4g}" in line for value in recomputed["evidence"]["recomputed"].values())
