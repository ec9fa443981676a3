"""How a version is cited: what is known, and nothing else."""

import html
import json
from typing import Any

import psycopg
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

from scidex.atlas._model_registry.exports.citation.bibtex import citation_key, tex
from scidex.atlas.model_registry import export_model
from tests.exports.judges import judge_bibtex
from tests.registry import rows


def _cited(conn: psycopg.Connection, **columns: Any) -> dict[str, str]:
    rows.model(conn, "model-a", title="50 % of ß_1 {x}", **columns)
    names = ("citation", "bibtex", "csl")
    return {name: export_model("model-a", name, conn=conn).content.decode() for name in names}


def test_what_is_known_is_said(conn: psycopg.Connection) -> None:
    told = _cited(conn, created_by="agent & co", created_at="2026-04-05T23:30:00-02:00", version_number=3)
    cff = yaml.safe_load(told["citation"])
    assert cff["authors"] == [{"name": "agent & co"}]
    assert str(cff["date-released"]) == "2026-04-06"
    assert (cff["title"], cff["version"]) == ("50 % of ß_1 {x}", "3")
    assert cff["url"] == "http://127.0.0.1:8000/models/model-a"
    (csl,) = json.loads(told["csl"])
    assert csl["issued"] == {"date-parts": [[2026, 4, 6]]}
    assert csl["author"] == [{"literal": "agent & co"}]
    assert "author       = {{agent \\& co}}," in told["bibtex"]
    assert "title        = {{50 \\% of ß\\_1 \\textbraceleft{}x\\textbraceright{}}}," in told["bibtex"]
    assert "year         = {2026},\n  month        = {4}," in told["bibtex"]


def test_a_citation_tells_the_version_from_every_other(conn: psycopg.Connection, client: TestClient) -> None:
    known = {"created_at": "2026-04-05T12:00:00Z", "content_hash": "sha256:ab12", "version_tag": "best"}
    told = _cited(conn, created_by="A", version_number=2, **known)
    sentence = "Registry id 'model-a', registered on 2026-04-05, content hash sha256:ab12."
    assert sentence in told["bibtex"]
    (csl,) = json.loads(told["csl"])
    assert csl["note"].startswith(sentence)
    hashes = [one["value"] for one in yaml.safe_load(told["citation"])["identifiers"]]
    assert hashes[1:] == ["model-a", "sha256:ab12"]
    assert not any("best" in text for text in told.values()), "a tag may move to another version"
    page = html.unescape(client.get("/models/model-a").text)
    assert f"version 2. SciDEX model registry. {sentence} http://127.0.0.1:8000/models/model-a" in page


def test_what_is_not_known_is_not_invented(conn: psycopg.Connection) -> None:
    told = _cited(conn, created_by=None, created_at="infinity")
    cff = yaml.safe_load(told["citation"])
    assert cff["authors"] == [{"name": "The authors of 50 % of ß_1 {x}"}]
    assert not {"date-released", "license", "doi"} & set(cff)
    assert not {"issued", "author"} & set(json.loads(told["csl"])[0])
    assert "year" not in told["bibtex"]
    assert "author" not in told["bibtex"]


def test_a_program_that_imported_a_model_is_not_its_author(conn: psycopg.Connection) -> None:
    told = _cited(conn, created_by="import huggingface")
    assert "author" not in told["bibtex"]
    assert "author" not in json.loads(told["csl"])[0]
    assert "import huggingface" not in told["citation"]
    assert b"import huggingface" in export_model("model-a", "card", conn=conn).content
    people = {"card": {"authors": [{"name": "Ada"}]}}
    rows.model(conn, "model-b", people, created_by="import huggingface")
    assert b"{{Ada}}" in export_model("model-b", "bibtex", conn=conn).content


@pytest.mark.parametrize(
    ("name", "key"), [("model-a_b/1", "model-a-b-1-"), ("model-a", "model-a"), ("模", "")]
)
def test_keys_are_plain_and_distinct(name: str, key: str) -> None:
    assert citation_key(name).startswith(key)
    assert citation_key(name).isascii()


@given(st.text() | st.text(alphabet='{}\\"a'))
def test_no_text_ends_a_field_of_bibtex(text: str) -> None:
    depth = 0
    for char in tex(text):  # as BibTeX counts them, to which \\} is a brace
        depth += (char == "{") - (char == "}")
        assert depth >= 0
    assert depth == 0


def test_a_title_writes_no_other_field(conn: psycopg.Connection) -> None:
    rows.model(conn, "model-a", title='Good}}, author = "Somebody Else", note = "', created_by="A")
    entry = export_model("model-a", "bibtex", conn=conn).content.decode()
    judge_bibtex(entry.encode())
    opened = entry.index("{{Good") + len("{{Good")
    assert "}" not in entry[opened : entry.index("author = ")].replace("\\textbraceright{}", "")
