"""Downloads are called after their model and version, and names are such that every system takes them."""

import re

import psycopg
import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

from scidex.atlas._model_registry.exports.file_names import model_file_name, stem
from scidex.atlas.model_registry import MODEL_FORMATS, export_model
from tests.registry import rows


@pytest.mark.parametrize(
    ("model_id", "version", "name"),
    [
        ("model-ad-logistic-v2", 2, "model-ad-logistic-v2.citation.bib"),
        ("model-ad-logistic-v2", 3, "model-ad-logistic-v2-v3.citation.bib"),
        ("model-a", 1, "model-a-v1.citation.bib"),
        ("../a b", 1, "a-b-2c2c791a-v1.citation.bib"),
    ],
)
def test_names_carry_model_and_version(model_id: str, version: int, name: str) -> None:
    assert model_file_name(model_id, version, "citation.bib") == name


@given(st.text(st.characters(), min_size=1), st.text(st.characters(), min_size=1))
def test_every_id_has_a_name_of_its_own(one: str, other: str) -> None:
    assert re.fullmatch(r"[A-Za-z0-9_][A-Za-z0-9._-]{0,128}", stem(one))
    assert (stem(one) == stem(other)) == (one == other)


def test_files_of_two_models_lie_side_by_side(conn: psycopg.Connection) -> None:
    for model_id in ("model-a", "model-b"):
        rows.model(conn, model_id, {"equations": ["dC/dt = -k*C"], "parameters": {"k": {"value": 1}}})
    names = [
        export_model(model_id, name, conn=conn).file_name
        for name in MODEL_FORMATS
        if name != "attestation"
        for model_id in ("model-a", "model-b")
    ]
    assert len(set(names)) == len(names)


def test_tables_of_what_rests_on_an_artifact_name_it(conn: psycopg.Connection, client: TestClient) -> None:
    rows.artifact(conn, "dataset-a", "dataset")
    answer = client.get("/api/artifacts/dataset-a/impact?format=csv")
    assert answer.headers["content-disposition"] == 'attachment; filename="impact-of-dataset-a.csv"'
