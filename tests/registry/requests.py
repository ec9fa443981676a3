"""How the tests ask the routes, and the shapes of refusals that every route shares."""

from typing import Any

from starlette.testclient import TestClient

Parameters = dict[str, Any]


def listed(client: TestClient, parameters: Parameters | None = None, **more: Any) -> dict[str, Any]:
    """Ask for a list that must be answered; several values of a parameter are a list."""
    answer = client.get("/api/models", params=more if parameters is None else parameters)
    assert answer.status_code == 200, answer.text
    body: dict[str, Any] = answer.json()
    return body


def ids(client: TestClient, parameters: Parameters | None = None, **more: Any) -> list[str]:
    """Name the listed models in their order."""
    return [model["id"] for model in listed(client, parameters, **more)["models"]]


def opened(client: TestClient, path: str) -> dict[str, Any]:
    """Ask for a detail that must be answered; ``path`` is the id as it stands in the address."""
    answer = client.get(f"/api/models/{path}")
    assert answer.status_code == 200, answer.text
    body: dict[str, Any] = answer.json()
    return body


def refusal(client: TestClient, address: str) -> tuple[str, str]:
    """Ask for something that must be refused as unusable; returns the parameter at fault and the sentence."""
    answer = client.get(address)
    assert answer.status_code == 422, answer.text
    (problem,) = answer.json()["detail"]
    assert len(problem["msg"].split()) > 2, "no sentence"
    return problem["loc"][-1], problem["msg"]
