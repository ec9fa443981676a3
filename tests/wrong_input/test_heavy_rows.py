"""Models whose documents take five megabytes, flat and deep: answered in time, and what was left out is named."""

import time

import pytest
from starlette.testclient import TestClient

from tests.wrong_input.rows import HEAVY
from tests.wrong_input.test_broken_rows import asked, get, opened

SECONDS = 30.0  # for what takes two on a machine that does nothing else


@pytest.mark.slow
@pytest.mark.parametrize("model_id", HEAVY)
def test_five_megabytes_are_answered_and_named(heavy: TestClient, model_id: str) -> None:
    began = time.monotonic()
    detail, page = opened(heavy, model_id)
    assert set(HEAVY[model_id]) <= set(detail["unreadable"])
    assert [name for name in detail["unreadable"] if name not in page] == []
    assert time.monotonic() - began < SECONDS


@pytest.mark.slow
def test_they_are_compared_listed_and_have_pages(heavy: TestClient) -> None:
    for form in ("/api/models/compare?", "/api/models/compare?format=csv&", "/models/compare?"):
        began = time.monotonic()
        get(heavy, form + asked(HEAVY))
        assert time.monotonic() - began < 2 * SECONDS
    page = get(heavy, "/artifact/dataset-five-megabytes")
    assert len(page) < 500_000
    assert "Its first 50000 characters of" in page
    get(heavy, "/models?limit=200")
