"""The newest models of a list as an Atom feed."""

from datetime import datetime
from xml.etree.ElementTree import Element, fromstring

import psycopg
import pytest
from starlette.testclient import TestClient

from tests.registry import rows

ATOM = "{http://www.w3.org/2005/Atom}"


def _feed(client: TestClient, query: str = "") -> Element:
    answer = client.get(f"/models.atom{query}")
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/atom+xml; charset=utf-8"
    return fromstring(answer.content)  # noqa: S314  what this registry wrote


def _texts(feed: Element, path: str) -> list[str | None]:
    return [element.text for element in feed.findall("/".join(f"{ATOM}{part}" for part in path.split("/")))]


def test_the_50_newest_that_match_newest_first(conn: psycopg.Connection, client: TestClient) -> None:
    for number in range(60):
        moment = f"2026-01-01T00:{number:02}:00Z"
        rows.model(conn, f"model-{number:02}", {"model_family": "statistical"}, created_at=moment)
    rows.model(conn, "model-other", {"model_family": "biophysical"}, created_at="2026-02-01Z")
    feed = _feed(client, "?family=statistical")
    assert len(feed.findall(f"{ATOM}entry")) == 50
    assert _texts(feed, "entry/title")[:2] == ["model-59 v1", "model-58 v1"]
    assert _texts(feed, "title") == ["SciDEX models, family: statistical"]


def test_it_is_valid_atom_whatever_stands_in_a_title(conn: psycopg.Connection, client: TestClient) -> None:
    rows.model(conn, "model-é/&?", title="<b>\x01 & \ufffe\U0001f9e0</b>")
    feed = _feed(client)
    for name in ("id", "title", "updated", "author/name"):
        assert all(_texts(feed, name)), name
    for name in ("id", "title", "updated"):
        assert len(_texts(feed, f"entry/{name}")) == 1, name
    assert _texts(feed, "entry/title") == ["<b>\ufffd & \ufffd\U0001f9e0</b> v1"]
    (address,) = _texts(feed, "entry/id")
    assert str(address).endswith("/models/model-%C3%A9%2F%26%3F")
    links = {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")}
    assert str(links["self"]).endswith("/models.atom")
    (known,) = conn.execute("SELECT last_mutated_at FROM artifacts").fetchone() or (None,)
    (updated,) = _texts(feed, "entry/updated")
    assert datetime.fromisoformat(str(updated)) == known
    assert _texts(feed, "updated") == [updated]


def test_a_feed_of_nothing_is_a_feed(client: TestClient) -> None:
    feed = _feed(client, "?q=nothing")
    assert feed.findall(f"{ATOM}entry") == []
    assert _texts(feed, "updated") == ["1970-01-01T00:00:00Z"]


@pytest.mark.parametrize("query", ["?family=nonsense", "?sort=title", "?limit=3", "?famly=statistical"])
def test_what_cannot_be_asked_is_refused(client: TestClient, query: str) -> None:
    answer = client.get(f"/models.atom{query}")
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/json"
    (problem,) = answer.json()["detail"]
    assert problem["loc"] == ["query", query[1:].partition("=")[0]]


def test_the_list_names_its_feed(client: TestClient) -> None:
    page = client.get("/models?family=statistical&sort=title&limit=5").text
    assert 'type="application/atom+xml"' in page
    assert 'href="/models.atom?family=statistical"' in page
