"""Why a parameter cannot be used, said in our own words: its name, what was sent, what would be right."""

import pytest
from starlette.testclient import TestClient


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("models?limit=0", "limit must be at least 1; '0' is less"),
        ("models?limit=201", "limit must be at most 200; '201' is more"),
        ("models?limit=ten", "limit must be a whole number, not 'ten'"),
        ("models?limit=1.5", "limit must be a whole number, not '1.5'"),
        (f"models?offset={'9' * 5000}", "offset must be a whole number of fewer digits than "),
        ("models?facets=perhaps", "facets must be true or false; 'perhaps' is neither"),
        (
            "models?family=neural",
            "family must be one of 'biophysical', 'deep_learning' or 'statistical'; 'neural' is not one of them",
        ),
        ("models?order=up", "order must be one of 'asc' or 'desc'; 'up' is not one of them"),
        (f"models?q={'a' * 501}", "q must have at most 500 characters"),
        ("models/compare?ids=a,b&format=xls", "format must be one of 'json'"),
        ("models/a?format=word", "format must be one of 'json'"),
        ("artifacts/a/impact?limit=-1", "limit must be at least 1; '-1' is less"),
    ],
)
def test_a_refusal_names_parameter_value_and_remedy(client: TestClient, address: str, sentence: str) -> None:
    answer = client.get(f"/api/{address}")
    assert answer.status_code == 422
    said = [problem["msg"] for problem in answer.json()["detail"]]
    assert said[0].startswith(sentence)
    assert "should be" not in " ".join(said)
