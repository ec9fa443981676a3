"""Every format of every model passes its judge, over HTTP and by the command's function alike."""

import base64
import io
import json
import re
import zipfile
from typing import Any
from urllib.parse import quote

import psycopg
import pytest
from starlette.testclient import TestClient

from scidex.atlas._model_registry.exports.formats import exported
from scidex.atlas._model_registry.exports.sbml.document import sbml_or_none
from scidex.atlas._model_registry.reads.exports import record
from scidex.atlas.model_registry import MODEL_FORMATS, Exported, InvalidQuery, export_model, get_model_detail
from tests.exports.judges import JUDGES, judged
from tests.exports.strange_models import strange_model
from tests.registry import rows
from tests.unit.demo.demo_registry import IDS

# An attestation says when it was made.
UNTIMED = tuple(name for name in MODEL_FORMATS if name != "attestation")
# Equations that every format has words for.
DECAY = {"equations": ["dC/dt = -k*C"], "parameters": {"k": {"value": 0.5, "units": "1/h"}}}
A_FEW = (0, 1, 2, 3, 4, 5, 6, 7)


def test_each_format_has_a_judge() -> None:
    assert set(JUDGES) == set(MODEL_FORMATS)


@pytest.mark.parametrize("number", A_FEW)
def test_strange_models_pass_every_judge(conn: psycopg.Connection, number: int) -> None:
    _all_pass(conn, strange_model(conn, number))


@pytest.mark.slow
def test_two_hundred_strange_models_pass_every_judge(conn: psycopg.Connection) -> None:
    for number in range(len(A_FEW), 200):
        _all_pass(conn, strange_model(conn, number))


def test_demo_models_pass_every_judge(demo_dsn: str) -> None:
    with psycopg.connect(demo_dsn) as conn:
        for model_id in IDS[::7]:
            _all_pass(conn, model_id)


@pytest.mark.slow
def test_every_demo_model_passes_every_judge(demo_dsn: str) -> None:
    with psycopg.connect(demo_dsn) as conn:
        for model_id in IDS:
            _all_pass(conn, model_id)


def _all_pass(conn: psycopg.Connection, model_id: str) -> None:
    read = record(conn, model_id)
    for name in MODEL_FORMATS:
        if name == "sbml" and sbml_or_none(read) is None:
            with pytest.raises(InvalidQuery, match="cannot express the whole model"):
                exported(read, name)
        elif name in {"datacite", "crate", "attestation"} and read.model["created_at"] is None:
            with pytest.raises(InvalidQuery, match="of publication, and no date"):
                exported(read, name)
        else:
            judged(name, exported(read, name).content)


def test_the_record_is_the_detail_and_what_it_speaks_of(conn: psycopg.Connection) -> None:
    rows.traceable_model(conn, "model-a")
    conn.execute(
        "UPDATE artifacts SET content_hash = 'sha256:1', title = 'D' WHERE id = 'dataset-of-model-a'"
    )
    rows.link(conn, "model-a", "gone", "cites")
    written = json.loads(export_model("a", "json", conn=conn).content)
    detail = get_model_detail("model-a", conn=conn)
    assert {name: written[name] for name in detail} == detail
    assert set(written) - set(detail) == {
        "scidex_record",
        "address",
        "related",
        "evaluation_documents",
        "sample_ids",
    }
    related = {one.pop("id"): one for one in written["related"]}
    assert related["dataset-of-model-a"] == {
        "title": "D",
        "artifact_type": "dataset",
        "version_number": 1,
        "content_hash": "sha256:1",
        "lifecycle_state": "active",
    }
    assert set(related["gone"].values()) == {None}
    assert set(related) == {"dataset-of-model-a", "analysis-of-model-a", "gone"}


def test_addresses_begin_with_the_public_one(
    conn: psycopg.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows.model(conn, "model-a/b ü")
    monkeypatch.setenv("SCIDEX_PUBLIC_URL", "https://models.example.org/scidex/")
    written = json.loads(export_model("model-a/b ü", "json", conn=conn).content)
    assert written["address"] == "https://models.example.org/scidex/models/model-a%2Fb%20%C3%BC"
    assert written["id"] == "model-a/b ü"


@pytest.mark.parametrize("name", UNTIMED)
def test_a_format_is_asked_for_by_name(conn: psycopg.Connection, client: TestClient, name: str) -> None:
    model_id = rows.model(conn, "model-é/1", DECAY)
    answer = client.get(f"/api/models/{quote(model_id, safe='')}", params={"format": name})
    expected = export_model(model_id, name, conn=conn)
    assert answer.status_code == 200
    assert answer.content == expected.content
    assert answer.headers["content-type"].startswith(expected.media_type)
    assert answer.headers["content-disposition"] == f'attachment; filename="{expected.file_name}"'
    assert answer.headers["vary"] == "Accept"
    assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("name", [name for name in UNTIMED if name != "json"])
def test_a_format_is_asked_for_by_type(conn: psycopg.Connection, client: TestClient, name: str) -> None:
    rows.model(conn, "model-a", DECAY)
    expected = export_model("model-a", name, conn=conn)
    asked = {"accept": f"application/json;q=0.5, {expected.media_type}"}
    assert client.get("/api/models/model-a", headers=asked).content == expected.content


@pytest.mark.parametrize(
    "accept",
    [
        "*/*",
        "application/json",
        "application/*",
        "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
        "image/png",
        "nonsense;;q=,",
        "",
    ],
)
def test_any_other_type_gets_the_plain_answer(
    conn: psycopg.Connection, client: TestClient, accept: str
) -> None:
    rows.model(conn, "model-a")
    answer = client.get("/api/models/model-a", headers={"accept": accept})
    assert answer.json() == get_model_detail("model-a", conn=conn)
    assert answer.headers["vary"] == "Accept"
    assert "content-disposition" not in answer.headers


def test_an_unknown_format_is_refused(conn: psycopg.Connection, client: TestClient) -> None:
    rows.model(conn, "model-a")
    answer = client.get("/api/models/model-a?format=docx")
    assert answer.status_code == 422
    assert answer.json()["detail"][0]["loc"] == ["query", "format"]
    with pytest.raises(InvalidQuery, match="use one of json, "):
        export_model("model-a", "docx", conn=conn)


def test_the_reference_says_when_a_format_is_there(client: TestClient) -> None:
    route = client.get("/openapi.json").json()["paths"]["/api/models/{model_id}"]["get"]
    (told,) = (one["description"] for one in route["parameters"] if one["name"] == "format")
    assert "(only where the registry's operator has given a signing key, else refused with 422)" in told


def test_files_of_an_incomplete_model_say_so(conn: psycopg.Connection) -> None:
    rows.model(conn, "model-a", DECAY | {"evaluation_metrics": {"rmse": 0.5}}, quality_score=0.9)
    for name in MODEL_FORMATS:
        text = _text(export_model("model-a", name, conn=conn)).replace("\\", "").replace("\n", " ")
        assert "0.3" in text, name
        assert "0.9" in text, name
        assert re.search(r'incomplete|omplete": ?false|omplete="false|omplete false', text), name


def _text(file: Exported) -> str:
    if file.file_name.endswith(".attestation.dsse.json"):
        return base64.b64decode(json.loads(file.content)["payload"]).decode()
    if file.media_type != "application/zip":
        return file.content.decode()
    with zipfile.ZipFile(io.BytesIO(file.content)) as archive:
        return archive.read("ro-crate-metadata.json").decode()


def test_the_page_leads_to_every_format(conn: psycopg.Connection, client: TestClient) -> None:
    rows.model(conn, "model-a", DECAY)
    page = client.get("/models/model-a").text
    assert [name for name in MODEL_FORMATS if f'href="/api/models/model-a?format={name}"' not in page] == []


def test_the_same_model_gives_the_same_bytes(conn: psycopg.Connection) -> None:
    model_id = strange_model(conn, 5)
    for name in UNTIMED:
        if name == "sbml":
            model_id = rows.model(conn, "model-decay", DECAY)
        first: Any = export_model(model_id, name, conn=conn)
        assert export_model(model_id, name, conn=conn) == first, name
