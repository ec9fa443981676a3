"""The commands and answers of the reference: every route has them, and they still hold in shape."""

import html
import json
import re
import time
from typing import Any

import pytest

from scidex.core.answered import ANSWERS, TEXTS
from tests.integration.answered import ASKED, ASKED_TEXTS, ask, ask_text
from tests.serving import http

STORED = json.loads(ANSWERS.read_text())
# What a model counts or measures may be any number; times and digests of one registration are of that one.
_NUMBERS = (int, float)


def shape(value: Any) -> Any:
    """Return the keys and types of an answer; numbers are one type, and so is what may be null."""
    if isinstance(value, dict):
        return {key: shape(one) for key, one in value.items()}
    if isinstance(value, list):
        return [shape(one) for one in value]
    return "number" if isinstance(value, _NUMBERS) and not isinstance(value, bool) else type(value).__name__


def test_every_route_of_the_document_has_one_on_the_page(live_server: str) -> None:
    document = http.get(f"{live_server}/openapi.json").json()
    operations = {one["operationId"] for path in document["paths"].values() for one in path.values()}
    assert operations == STORED.keys() == ASKED.keys()
    page = http.get(f"{live_server}/docs").text
    for operation in operations:
        command = page.partition(f'<h2 id="{operation}">')[2].partition("<h2 ")[0]
        assert "curl -sS" in command


@pytest.mark.parametrize("operation", ASKED)
def test_the_server_answers_in_the_shape_that_is_shown(live_server: str, operation: str) -> None:
    assert STORED[operation]["path"] == ASKED[operation]
    shown = shape(STORED[operation]["answer"])
    # Headlines are found by the process that folds, some moments after the demo is there.
    deadline = time.monotonic() + 30
    while shape(ask(live_server, operation)) != shown and time.monotonic() < deadline:
        time.sleep(0.3)
    assert shape(ask(live_server, operation)) == shown


def test_addresses_that_answer_no_json_stand_there_too(live_server: str) -> None:
    page = http.get(f"{live_server}/docs").text
    stored = {one["path"]: one for one in json.loads(TEXTS.read_text())}
    assert stored.keys() == ASKED_TEXTS.keys()
    tag = re.compile(r"<(/?\w+)")
    for place, path in enumerate(stored, 1):
        section = html.unescape(page.partition(f'<h2 id="text-{place}">')[2].partition("<h2 ")[0])
        assert re.search(f"curl -sS '?http://[^ /]+{re.escape(path)}", section)
        assert ASKED_TEXTS[path] in section
        assert tag.findall(stored[path]["answer"]) == tag.findall(ask_text(live_server, path))
