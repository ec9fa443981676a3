"""Every route answers about every broken row, says what it could not read or has cut, and stays JSON or a page."""

import json
import math
import re
import time
from collections.abc import Iterable
from html import unescape
from typing import Any
from urllib.parse import quote, urlsplit

import pytest
from starlette.testclient import TestClient

from tests.wrong_input.rows import DATASETS, IDS, IDS_IN_QUERY, MODELS, TIMES, dataset_of


def get(client: TestClient, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, (address[:200], answer.status_code, answer.text[:300])
    return answer.text


def value(client: TestClient, address: str) -> Any:
    return json.loads(get(client, address), parse_constant=_refuse, parse_int=_whole)


def _refuse(constant: str) -> object:
    message = f"{constant} is no JSON"
    raise AssertionError(message)


def _whole(digits: str) -> int:
    """Refuse what readers of JSON whose numbers are doubles would take for infinity."""
    assert math.isfinite(float(digits))
    return int(digits)


def path(artifact_id: str) -> str:
    return quote(artifact_id, safe="")


def address(folder: str, artifact_id: str) -> str:
    """Return where an artifact is below a folder; what no path can hold stands in the query."""
    in_query = artifact_id in (*IDS_IN_QUERY, "..")
    return f"{folder}/?id={path(artifact_id)}" if in_query else f"{folder}/{path(artifact_id)}"


def asked(ids: Iterable[str]) -> str:
    return "&".join(f"ids={path(model_id)}" for model_id in ids)


def opened(client: TestClient, model_id: str) -> tuple[dict[str, Any], str]:
    """Return a model's detail and the text of its page."""
    detail = value(client, address("/api/models", model_id))
    assert detail["id"] == model_id
    return detail, unescape(get(client, address("/models", model_id)))


def check_named(client: TestClient, model_id: str, unreadable: Iterable[str]) -> None:
    """Hold a model's detail to naming what is unreadable of it, and its page to naming what the detail does."""
    detail, page = opened(client, model_id)
    assert set(unreadable) <= set(detail["unreadable"])
    assert [name for name in detail["unreadable"] if name not in page] == []


def links(page: str) -> set[str]:
    """Return where a page leads, whether its text was unescaped or not."""
    return {unescape(found) for found in re.findall(r'href="([^"]*)"', page)}


@pytest.mark.parametrize("model_id", MODELS)
def test_what_cannot_be_read_is_named_in_the_answer_and_on_the_page(
    broken: TestClient, model_id: str
) -> None:
    check_named(broken, model_id, MODELS[model_id])


def test_all_are_compared(broken: TestClient) -> None:
    ids = [*MODELS, *(f"model-of-{name}" for name in TIMES)]
    for start in range(0, len(ids) - 1, 9):
        together = asked(ids[start : start + 10])
        assert len(value(broken, f"/api/models/compare?{together}")["models"]) > 1
        files = ["/api/models/compare?format=csv&", "/api/models/compare?format=md&"] if start == 0 else []
        for address in ("/models/compare?", *files):
            get(broken, address + together)


@pytest.mark.parametrize("sort", ["created_at", "parameter_count", "title", "metric:rmse"])
def test_all_are_listed(broken: TestClient, sort: str) -> None:
    found = value(broken, f"/api/models?facets=true&limit=200&sort={sort}")
    assert found["total"] == (1 if sort == "metric:rmse" else len(MODELS) + len(TIMES) + len(IDS))
    get(broken, f"/models?sort={sort}&limit=200")


@pytest.mark.parametrize("artifact_id", DATASETS)
def test_an_artifacts_page_shows_no_more_than_can_be_read(broken: TestClient, artifact_id: str) -> None:
    page = get(broken, f"/artifact/{path(artifact_id)}")
    assert len(page) < 500_000
    assert ("Its first 50000 characters of" in page) == (artifact_id == "dataset-digits")


@pytest.mark.parametrize("name", TIMES)
def test_a_time_is_told_in_full_or_named_as_unreadable(broken: TestClient, name: str) -> None:
    detail, page = opened(broken, f"model-of-{name}")
    written = TIMES[name]
    (link,) = detail["links"]["outgoing"]
    if re.fullmatch(r"\d{4}-.*Z", written):
        assert detail["created_at"] == link["created_at"] == written
        assert str(int(written[:4])) in page
    else:
        assert detail["created_at"] is link["created_at"] is None
        assert {"created_at", "links.outgoing[0].created_at"} <= set(detail["unreadable"])
        assert "created_at" in page
    told = re.search(r"<dt>Registered</dt><dd><bdi>(.+?) by ", get(broken, f"/artifact/dataset-of-{name}"))
    assert told is not None
    day, era = re.fullmatch(r"(-?infinity|\d+-\d\d-\d\d).*?( BC)?", written, re.DOTALL).groups()  # type: ignore[union-attr]  # one of TIMES
    assert told[1] == day + (era or "")


@pytest.mark.parametrize(
    "model_id",
    [*IDS[::3], *(pytest.param(one, marks=pytest.mark.slow) for one in IDS if one not in IDS[::3])],
)
def test_an_id_of_any_characters_leads_to_its_answers_and_pages(broken: TestClient, model_id: str) -> None:
    detail, page = opened(broken, model_id)
    dataset = dataset_of(model_id)
    assert detail["links"]["outgoing"][0]["artifact"]["id"] == dataset
    assert f"titled {model_id}" in page
    assert {address("/artifact", dataset), address("/api/models", model_id)} <= links(page)
    assert address("/models", model_id) in links(get(broken, address("/artifact", dataset)))


@pytest.mark.slow
def test_the_links_of_pages_lead_to_pages_of_this_host(broken: TestClient) -> None:
    pages = [get(broken, "/models?limit=200&sort=title"), get(broken, f"/models/compare?{asked(IDS[5:15])}")]
    pages += [get(broken, address("/models", model_id)) for model_id in IDS[::6]]
    ways = set().union(*map(links, pages))
    foreign = {
        way
        for way in ways
        if way.startswith("//") or urlsplit(way).netloc or urlsplit(way).scheme not in {"", "data"}
    }
    assert foreign == set()
    assert {address("/models", model_id) for model_id in IDS} <= ways
    followed = {way for way in ways if way.startswith(("/models/", "/artifact/")) and "css?" not in way}
    for way in followed:
        assert get(broken, way).startswith("<!doctype html>")


@pytest.mark.slow
def test_comparisons_of_any_ids_lead_to_the_same_as_files(broken: TestClient) -> None:
    ids = [model_id for model_id in IDS if model_id]  # an empty one cannot be told from a comma too many
    for start in range(0, len(ids), 8):
        compared = ids[start : start + 8]
        page = get(broken, f"/models/compare?{asked(compared)}")
        downloads = [way for way in links(page) if way.startswith("/api/models/compare?")]
        assert len(downloads) == 3
        (whole,) = (way for way in downloads if "format=" not in way)
        assert [one["id"] for one in value(broken, whole)["models"]] == compared
        for way in downloads:
            get(broken, way)


def test_folding_takes_them_all(broken: TestClient) -> None:
    deadline = time.monotonic() + 30
    while broken.get("/health").json()["waiting_changes"]:
        assert time.monotonic() < deadline
        time.sleep(0.05)
    assert value(broken, "/api/models?limit=1")["total"] == len(MODELS) + len(TIMES) + len(IDS)
