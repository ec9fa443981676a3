"""Times of any age: RFC 3339 in UTC where it has words for them, left out and named where it has none."""

from itertools import cycle
from typing import Any

import psycopg
import pytest
from starlette.testclient import TestClient

from tests.registry import rows
from tests.registry.requests import ids, listed, opened

WRITTEN = [
    ("2026-04-05 12:00:00+00", "2026-04-05T12:00:00Z"),
    ("2026-04-05 01:30:00.000001+05:30", "2026-04-04T20:00:00.000001Z"),
    ("0001-01-01 00:00:00+00", "0001-01-01T00:00:00Z"),
    ("9999-12-31 23:59:59.999999+00", "9999-12-31T23:59:59.999999Z"),
]
BEYOND = [
    "0001-12-31 00:00:00+00 BC",
    "4713-01-01 00:00:00+00 BC",
    "10000-01-01+00",
    "294276-12-31+00",
    "infinity",
    "-infinity",
]
ZONES = ["UTC", "Asia/Kolkata", "America/St_Johns"]


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize(("moment", "written"), WRITTEN)
def test_a_time_is_written_in_utc_whatever_the_session_uses(
    conn: psycopg.Connection, client: TestClient, zone: str, moment: str, written: str
) -> None:
    conn.execute("SELECT set_config('TimeZone', %s, true), set_config('DateStyle', 'German', true)", [zone])
    rows.model(conn, "model-a", created_at=moment)
    rows.link(conn, "model-a", "b", "mentions", created_at=moment)
    detail = opened(client, "model-a")
    link = detail["links"]["outgoing"][0]
    assert [detail["created_at"], detail["versions"][0]["created_at"], link["created_at"]] == [written] * 3
    assert listed(client)["models"][0]["created_at"] == written
    assert detail["unreadable"] == []


@pytest.mark.parametrize("moment", BEYOND)
def test_a_time_without_words_is_left_out_and_named(
    conn: psycopg.Connection, client: TestClient, moment: str
) -> None:
    rows.model(conn, "model-a", title="Kept", created_at=moment)
    rows.link(conn, "model-a", "b", "mentions", created_at=moment)
    (entry,) = listed(client)["models"]
    assert (entry["title"], entry["created_at"]) == ("Kept", None)
    detail = opened(client, "model-a")
    assert detail["created_at"] is None
    assert detail["unreadable"] == ["created_at", "versions[0].created_at", "links.outgoing[0].created_at"]


@pytest.mark.parametrize("sort", ["created_at", "quality_score"])
@pytest.mark.parametrize("order", ["asc", "desc"])
def test_any_time_can_be_walked_past_by_sessions_of_all_kinds(
    conn: psycopg.Connection, client: TestClient, sort: str, order: str
) -> None:
    for place, moment in enumerate([*BEYOND, *(moment for moment, _ in WRITTEN), "infinity", "2026-02-01Z"]):
        rows.model(conn, f"model-{place:02}", created_at=moment)
    whole = ids(client, sort=sort, order=order)
    assert len(whole) == 12
    walked: list[str] = []
    more: dict[str, Any] = {}
    for zone, style in zip(cycle(ZONES), cycle(["SQL, DMY", "SQL, MDY"]), strict=False):
        conn.execute(
            "SELECT set_config('TimeZone', %s, true), set_config('DateStyle', %s, true)", [zone, style]
        )
        page = listed(client, sort=sort, order=order, limit=1, **more)
        walked += [model["id"] for model in page["models"]]
        if page["next_cursor"] is None:
            break
        more = {"cursor": page["next_cursor"]}
    assert walked == whole
