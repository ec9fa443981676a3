"""The OpenAPI document: it describes everything with an example, the server keeps to it, a client can be made of it."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest

from tests.serving import http

Document = dict[str, Any]

ERRORS = {
    "/health": {"503"},
    "/api/models": {"422", "503"},
    "/api/models/compare": {"404", "422", "503"},
    "/api/models/{model_id}": {"404", "422", "503"},
    "/api/artifacts/{artifact_id}": {"404", "422", "503"},
    "/api/artifacts/{artifact_id}/impact": {"404", "422", "503"},
}
ANSWERED = [
    ("/health", "/health", 200),
    ("/api/models", "/api/models?facets=true&limit=200", 200),
    ("/api/models", "/api/models?famly=statistical", 422),
    ("/api/models", "/api/models?limit=0", 422),
    ("/api/models/compare", "/api/models/compare?ids=model-ad-logistic-v1,model-ad-perceptron-v4", 200),
    ("/api/models/compare", "/api/models/compare?ids=model-x,model-y", 404),
    ("/api/models/compare", "/api/models/compare?ids=model-ad-logistic-v1", 422),
    ("/api/models/{model_id}", "/api/models/theophylline-mean-curve-v1", 200),
    ("/api/models/{model_id}", "/api/models/model-x", 404),
    ("/api/models/{model_id}", "/api/models/dataset-ad-train", 404),
    ("/api/models/{model_id}", "/api/models/model-ad-logistic-v1?x=1", 422),
    ("/api/artifacts/{artifact_id}", "/api/artifacts/dataset-ad-train", 200),
    ("/api/artifacts/{artifact_id}", "/api/artifacts/model-ad-logistic-v2", 200),
    ("/api/artifacts/{artifact_id}", "/api/artifacts/dataset-x", 404),
    ("/api/artifacts/{artifact_id}/impact", "/api/artifacts/dataset-ad-train/impact", 200),
    ("/api/artifacts/{artifact_id}/impact", "/api/artifacts/nobody/impact", 404),
    ("/api/artifacts/{artifact_id}/impact", "/api/artifacts/dataset-ad-train/impact?limit=0", 422),
    ("/api/artifacts/{artifact_id}", "/api/artifacts/dataset-ad-train?x=1", 422),
]

# Lists, opens and compares through the generated client alone, and prints what its typed answers hold.
PROGRAM = """
import json, sys
from registry_client import Client
from registry_client.api.health import health
from registry_client.api.models import compare_models, get_model_detail, list_models
from registry_client.models import (
    Comparison, ErrorAnswer, Health, ListModelsFamilyItem, ModelDetail, ModelList, UnusableParameters,
)

client = Client(base_url=sys.argv[1], raise_on_unexpected_status=True, httpx_args={"trust_env": False})
found = list_models.sync(
    client=client, family=[ListModelsFamilyItem.STATISTICAL], metric=["test_roc_auc>0.9"], facets=True
)
assert isinstance(found, ModelList), found
best = found.models[0]
assert isinstance(best.quality_score, float) and isinstance(best.evaluation_metrics["test_roc_auc"], float)
model = get_model_detail.sync(best.id, client=client)
assert isinstance(model, ModelDetail), model
compared = compare_models.sync(client=client, ids=[model.versions[0].id, model.id])
assert isinstance(compared, Comparison), compared
missing = get_model_detail.sync("model-x", client=client)
assert isinstance(missing, ErrorAnswer) and missing.missing == ["model-x"], missing
refused = list_models.sync(client=client, limit=0)
assert isinstance(refused, UnusableParameters) and refused.detail[0].loc == ["query", "limit"], refused
assert isinstance(health.sync(client=client), Health)
json.dump([found.to_dict(), model.to_dict(), compared.to_dict()], sys.stdout)
"""


@pytest.fixture(scope="module")
def document(live_server: str) -> Document:
    """Read the document as a client's author would."""
    answer: Document = http.get(f"{live_server}/openapi.json").json()
    return answer


def parameters(document: Document) -> Iterator[tuple[str, Document]]:
    for path, methods in document["paths"].items():
        for parameter in methods["get"].get("parameters", []):
            yield f"{path} {parameter['name']}", parameter


def fields(document: Document) -> Iterator[tuple[str, Document]]:
    for name, shape in document["components"]["schemas"].items():
        for key, field in shape["properties"].items():
            yield f"{name}.{key}", field


def errors_of(document: Document, schema: Document, value: object) -> list[str]:
    """Return the departures of a value from a schema of the document."""
    whole = {**schema, "components": document["components"]}
    validator = jsonschema_rs.Draft202012Validator(whole)
    return [f"{error.message} at {error.instance_path}" for error in validator.iter_errors(value)]


def examples(described: Document) -> list[Any]:
    """List the examples of a parameter, a field or an answer."""
    found = described.get("examples", [])
    named = [one["value"] for one in found.values()] if isinstance(found, dict) else found
    return [*named, *([described["example"]] if "example" in described else [])]


def test_every_parameter_is_described_with_an_example_that_it_takes(document: Document) -> None:
    found = dict(parameters(document))
    assert len(found) == 39
    assert [name for name, parameter in found.items() if not parameter.get("description")] == []
    for name, parameter in found.items():
        schema = parameter["schema"]
        values = examples(parameter) or examples(schema)
        assert values, name
        assert [errors_of(document, schema, value) for value in values] == [[]] * len(values), name


def test_every_shape_and_field_is_described_and_shown_by_a_value_that_fits(document: Document) -> None:
    shapes, found = document["components"]["schemas"], dict(fields(document))
    assert {"ModelEntry", "ModelDetail", "Comparison", "ErrorAnswer", "UnusableParameters", "Health"} <= set(
        shapes
    )
    assert [name for name, shape in shapes.items() if not shape.get("description")] == []
    assert [name for name, field in found.items() if not field.get("description")] == []
    # A field that is another shape is shown by the fields of that shape.
    plain = {name: field for name, field in found.items() if "$ref" not in json.dumps(field)}
    assert [name for name, field in plain.items() if not examples(field)] == []
    for name, field in found.items():
        assert [errors_of(document, field, value) for value in examples(field)] == [[]] * len(
            examples(field)
        ), name


def test_every_route_says_what_it_does_and_which_errors_it_has(document: Document) -> None:
    routes = {path: methods["get"] for path, methods in document["paths"].items()}
    assert {path: set(route["responses"]) - {"200"} for path, route in routes.items()} == ERRORS
    assert {route["operationId"] for route in routes.values()} == {
        "health",
        "list_models",
        "compare_models",
        "get_model_detail",
        "get_artifact",
        "get_impact",
    }
    for path, route in routes.items():
        assert route["summary"], path
        assert route["description"], path
        for status, answer in route["responses"].items():
            assert answer["description"], (path, status)
            assert answer["description"] not in {"Successful Response", "Validation Error"}, (path, status)


def test_every_error_is_shown_by_an_answer_that_fits_its_shape(document: Document) -> None:
    for path, statuses in ERRORS.items():
        for status in statuses:
            content = document["paths"][path]["get"]["responses"][status]["content"]["application/json"]
            assert examples(content), (path, status)
            for example in examples(content):
                assert errors_of(document, content["schema"], example) == [], (path, status)


@pytest.mark.parametrize(("path", "address", "status"), ANSWERED)
def test_answers_are_what_the_document_says(
    document: Document, live_server: str, path: str, address: str, status: int
) -> None:
    answer = http.get(f"{live_server}{address}")
    assert answer.status_code == status
    schema = document["paths"][path]["get"]["responses"][str(status)]["content"]["application/json"]["schema"]
    assert errors_of(document, schema, answer.json()) == []


def test_the_examples_of_the_list_can_be_tried(document: Document, live_server: str) -> None:
    tried = {
        (parameter["name"], json.dumps(value)): {parameter["name"]: value}
        for parameter in document["paths"]["/api/models"]["get"]["parameters"]
        for value in examples(parameter) or examples(parameter["schema"])
        # A cursor is good only for the answer that it came with; the others ask for a file.
        if parameter["name"] not in {"cursor", "format", "bom"}
    }
    totals = {
        name: http.get(f"{live_server}/api/models", params=query).json().get("total", 0)
        for name, query in tried.items()
    }
    assert [name for name, total in totals.items() if not total] == []


def test_a_client_made_from_the_document_lists_opens_and_compares(
    document: Document, live_server: str, tmp_path: Path
) -> None:
    _generate(document, tmp_path)
    (tmp_path / "program.py").write_text(PROGRAM)
    ended = subprocess.run(
        [sys.executable, "program.py", live_server], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert ended.returncode == 0, ended.stderr
    found, model, compared = json.loads(ended.stdout)
    asked = "family=statistical&metric=test_roc_auc%3E0.9&facets=true"
    ids = ",".join(entry["id"] for entry in compared["models"])
    assert model["version_number"] > 1
    assert found == http.get(f"{live_server}/api/models?{asked}").json()
    assert model == http.get(f"{live_server}/api/models/{found['models'][0]['id']}").json()
    assert compared == http.get(f"{live_server}/api/models/compare", params={"ids": ids}).json()


def _generate(document: Document, folder: Path) -> None:
    (folder / "openapi.json").write_text(json.dumps(document))
    (folder / "settings.yml").write_text("post_hooks: []\n")
    command = [sys.executable, "-m", "openapi_python_client", "generate", "--fail-on-warning"]
    where = ["--path", "openapi.json", "--output-path", "registry_client", "--config", "settings.yml"]
    made = subprocess.run(
        [*command, *where, "--meta", "none"],
        cwd=folder,
        env=os.environ | {"NO_COLOR": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert made.returncode == 0, made.stdout + made.stderr
