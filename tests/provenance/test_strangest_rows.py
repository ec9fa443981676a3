"""A list, a detail, a comparison and their pages answer whatever rows there are."""

import json
from urllib.parse import quote, urlencode

import pytest
from hypothesis import given, settings
from psycopg import Connection
from starlette.testclient import TestClient

from tests.provenance.cases import TRACED
from tests.provenance.settings import FEW
from tests.provenance.store_answers import write
from tests.provenance.strange_rows import DOCUMENTS, HUGE, StrangeRegistry, strange_registries

_LISTS = [
    *(
        "facets=true&limit=200",
        "sort=created_at&order=asc",
        "sort=title",
        "sort=parameter_count",
        "sort=metric:rmse",
    ),
    *(
        "q=a",
        "metric=rmse<1",
        "dataset=a&analysis=a&hypothesis=a",
        "provenance=incomplete&latest=true&family=statistical",
    ),
]


def check_that_everything_answers(client: TestClient, models: list[str]) -> None:
    for parameters in _LISTS:
        _fetch(client, f"/api/models?{parameters}")
    _fetch(client, "/models", page=True)
    assert _ids(_fetch(client, "/api/models?limit=200")) == sorted(models)
    # Without an id the path is that of the list.
    for model_id in filter(None, models):
        assert _fetch(client, f"/api/models/{quote(model_id, safe='')}")["id"] == model_id
        _fetch(client, f"/models/{quote(model_id, safe='')}", page=True)
    for compared in _tens([model_id for model_id in models if model_id]):
        if len(compared) > 1:
            asked = urlencode([("ids", model_id) for model_id in compared])
            _fetch(client, f"/api/models/compare?{asked}")
            _fetch(client, f"/models/compare?{asked}", page=True)


def check_strange_rows(client: TestClient, conn: Connection, strange: StrangeRegistry) -> None:
    with conn.transaction(force_rollback=True):
        strange.write(conn)
        check_that_everything_answers(client, strange.registry.models)


def _fetch(client: TestClient, address: str, *, page: bool = False) -> dict[str, object]:
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.text[:500])
    return {} if page else json.loads(answer.text, parse_constant=_refuse)


def _refuse(constant: str) -> object:
    message = f"{constant} is no JSON"
    raise AssertionError(message)


def _tens(models: list[str]) -> list[list[str]]:
    """Cut into as many as a comparison takes."""
    return [models[start : start + 10] for start in range(0, len(models), 10)]


def _ids(answer: dict[str, object]) -> list[str]:
    models = answer["models"]
    assert isinstance(models, list)
    assert answer["total"] == len(models)
    return sorted(model["id"] for model in models)


@settings(FEW, max_examples=8)
@given(strange=strange_registries())
def test_strange_rows_are_answered(client: TestClient, conn: Connection, strange: StrangeRegistry) -> None:
    check_strange_rows(client, conn, strange)


@pytest.mark.parametrize("document", HUGE)
def test_numbers_without_bounds_are_answered(client: TestClient, conn: Connection, document: str) -> None:
    registry = TRACED.with_row("model-n", **TRACED.artifacts["model-m"]).with_link(
        "SDA-1", "cites", "dataset-a"
    )
    write(conn, registry)
    conn.execute("UPDATE artifacts SET metadata = %s::jsonb", [document])
    check_that_everything_answers(client, registry.models)


def test_what_should_be_json_and_is_not_is_answered(client: TestClient, conn: Connection) -> None:
    registry, versions = TRACED, {}
    for number, document in enumerate(DOCUMENTS):
        registry = registry.with_row(f"model-{number}", **TRACED.artifacts["model-m"])
        versions[f"model-{number}"] = {"training_params_json": document, "eval_metrics_json": document}
    strange = StrangeRegistry(registry, {}, {}, versions, ((None, None, "infinity"),) * 2)
    check_strange_rows(client, conn, strange)
