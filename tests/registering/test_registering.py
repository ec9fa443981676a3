"""The code of the page and the document runs, and the registry says to mistakes what they say it says."""

import html
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import psycopg
import pytest
from starlette.testclient import TestClient

from scidex.atlas._model_registry.pages.home.registering_advice import COMPARABLE, MISTAKES, SCORES
from scidex.atlas._model_registry.pages.home.registering_steps import SETUP, SETUP_WORDS, STEPS
from scidex.atlas.artifact_registry import (
    InvalidArtifact,
    register_artifact,
    register_evaluation,
    register_model,
)
from scidex.atlas.model_registry import get_model_detail, list_models

CHECKOUT = Path(__file__).resolve().parents[2]
DOCUMENT = (CHECKOUT / "docs" / "registering.md").read_text(encoding="utf-8")
LINEAR = {"model_type": "linear", "formula": "y ~ x"}


def test_the_code_runs_and_leaves_a_complete_model_with_evidence(dsn: str) -> None:
    code = "\n".join(re.findall(r"^```python\n(.*?)^```", DOCUMENT, re.DOTALL | re.MULTILINE))
    environment = {**os.environ, "SCIDEX_PG_DSN": dsn}
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=CHECKOUT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr == ""
    complete, area, accuracy, unpinned, mended = done.stdout.splitlines()
    assert (complete, mended) == ("True", "[] 0.9")
    assert (area, accuracy) == ("test_roc_auc True True", "test_accuracy True False")
    step = STEPS[5].words
    assert f"{area} (comparable, told apart) and {accuracy}" in step
    assert re.match(r"\['2 of 2 inputs of analysis-\S+ are not pinned: dataset-\S+, dataset-\S+'\]", unpinned)
    with psycopg.connect(dsn) as conn:
        second, entry = list_models(conn=conn)["models"]
        assert second["provenance_complete"]
        detail = get_model_detail(entry["id"], conn=conn)
    assert (detail["warnings"], detail["unreadable"]) == ([], [])
    assert detail["card"]["licence"] == {"id": "CC-BY-4.0", "text": None}
    (evaluation,) = detail["evaluations"]
    assert evaluation["rows"] == 171
    assert detail["leakage"]["found"] is False
    agreed = {one["reported_as"]: one["agrees"] for one in evaluation["metrics"] if one["reported_as"]}
    reported = ("test_roc_auc", "test_balanced_accuracy", "test_accuracy", "test_brier")
    assert agreed == dict.fromkeys(reported, True)


def test_page_and_document_say_the_same(client: TestClient) -> None:
    page = client.get("/models/register").text
    assert all(step.code.rstrip() in DOCUMENT and step.words in DOCUMENT for step in STEPS)
    assert all(mistake.said in DOCUMENT and mistake.instead in DOCUMENT for mistake in MISTAKES)
    assert page.count("<h3>") == len(STEPS)
    assert SETUP in DOCUMENT
    assert all(part in DOCUMENT for one in (*COMPARABLE, *SCORES) for part in (one.title, one.words))
    assert all(one.title in html.unescape(page) for one in (*COMPARABLE, *SCORES))
    assert SETUP in html.unescape(page)
    assert SETUP_WORDS in DOCUMENT
    assert all(mistake.title in page for mistake in MISTAKES)
    assert 'href="/models/register"' in client.get("/models").text


def _registered(conn: psycopg.Connection, **given: Any) -> Any:
    arguments: dict[str, Any] = {"model_family": "statistical", "metadata": LINEAR}
    origins = {"trained_on": None, "produced_by": None}
    return register_model(title="A model", conn=conn, **{**arguments, **origins, **given})


def _unregistered_data(conn: psycopg.Connection) -> str:
    return " ".join(rule["message"] for rule in _registered(conn, trained_on="tumours").provenance["rules"])


def _unpinned(conn: psycopg.Connection) -> str:
    register_artifact(artifact_type="dataset", title="D", artifact_id="dataset-a", conn=conn)
    register_artifact(artifact_type="analysis", title="A", artifact_id="analysis-a", conn=conn)
    model = _registered(conn, trained_on="dataset-a", produced_by="analysis-a")
    return " ".join(rule["message"] for rule in model.provenance["rules"])


def _without_unit(conn: psycopg.Connection) -> str:
    metadata = {"equations": ["dA/dt = -k * A"], "parameters": {"k": 0.1}}
    with pytest.raises(InvalidArtifact) as refused:
        _registered(conn, model_family="biophysical", metadata=metadata)
    return str(refused.value)


def _metric_as_text(conn: psycopg.Connection) -> str:
    with pytest.raises(InvalidArtifact) as refused:
        _registered(conn, metadata={**LINEAR, "evaluation_metrics": {"test_auc": "0.93"}})
    return str(refused.value)


def _leaking(conn: psycopg.Connection) -> str:
    for name, samples in (("dataset-a", ["a", "b"]), ("dataset-b", ["a", "b", "c"])):
        metadata = {"sample_ids": samples}
        register_artifact(artifact_type="dataset", title=name, artifact_id=name, metadata=metadata, conn=conn)
    model = _registered(conn, trained_on="dataset-a")
    columns = {"split": "test", "task": "regression", "observed": [1, 2, 3], "predicted": [1, 2, 4]}
    said = {**columns, "sample": ["a", "b", "c"]}
    register_evaluation(title="E", model=model.id, dataset="dataset-b", metadata=said, conn=conn)
    detail = get_model_detail(model.id, conn=conn)
    assert detail["leakage"]["found"] is True
    return str(detail["leakage"]["reason"])


@pytest.mark.parametrize(
    ("place", "make"),
    list(enumerate((_unregistered_data, _unpinned, _without_unit, _metric_as_text, _leaking))),
)
def test_the_registry_says_to_each_mistake_what_the_page_says(
    conn: psycopg.Connection, place: int, make: Any
) -> None:
    assert MISTAKES[place].said in make(conn)
