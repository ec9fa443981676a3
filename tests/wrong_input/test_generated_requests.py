"""Requests that schemathesis generates from the OpenAPI document, right ones and wrong ones, held to all its checks."""

import json
import re
import time
from collections import Counter
from collections.abc import Callable, Iterator, MutableMapping
from dataclasses import replace
from typing import Any

import pytest
import schemathesis
from schemathesis.config import SchemathesisConfig
from schemathesis.core.transport import Response
from schemathesis.engine import Status, from_schema
from schemathesis.engine.events import FatalError, NonFatalError, ScenarioFinished
from schemathesis.python.asgi import shutdown_lifespans
from starlette.types import ASGIApp, Message, Receive, Scope, Send

import api
from scidex.core.database import close_database, open_database
from scidex.core.settings import Settings
from tests.conftest import FIGURES

MANY, SECONDS = 20_000, 3600
# Processes of their own make them (-n 2 --dist load), where there are cores for that.
HALVES = 2
SLOWEST_SECONDS = 30.0  # for one answer, on a machine that does much else besides

# Requests that fit the document and are refused all the same, by the parameter the refusal names: what no schema says.
REFUSED_RIGHTLY = {
    "format": "an attestation takes a key of the operator, SBML equations that it can say",
    "ids": "2 to 10 distinct ones, where a comma ends one",
    "baseline": "one of ids",
    **dict.fromkeys(("bom", "of"), "of a CSV file alone"),
    **dict.fromkeys(("limit", "offset", "facets"), "of a page, not of a CSV file"),
    "where": "conditions, whose brackets no pattern can count",
    "cursor": "only an earlier answer to the same question gives one that is taken, and none goes with a CSV file",
    "created_after": "a pattern cannot tell 30 February",
    "created_before": "a pattern cannot tell 30 February",
    "metric": "a pattern cannot say of a number that a double can hold it",
}
# Any text fits these, and whatever stands in the place of one goes out as text: a number as its digits, a list of one
# as what it holds. Of the checks nothing else is excepted from anything.
TEXTS = {"dataset", "hypothesis", "analysis", "evaluated_on", "q", "tag", "created_by"}


class Counting:
    """The application, counting what it answers by method and status."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self.answered: Counter[tuple[str, int]] = Counter()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def counted(message: Message) -> None:
            if message["type"] == "http.response.start":
                self.answered[scope["method"], message["status"]] += 1
            await send(message)

        await self._app(scope, receive, counted if scope["type"] == "http" else send)


@pytest.fixture(scope="module")
def app(demo_dsn: str) -> Iterator[Counting]:
    """Lend the whole application on the demo database, in this process."""
    close_database()
    open_database(replace(Settings.from_environment(), pg_dsn=demo_dsn, pg_ro_dsn=None))
    yield Counting(api.app)
    shutdown_lifespans()
    close_database()


def run(app: Counting, *, seed: int, examples: int, document: dict[str, Any]) -> list[str]:
    """Send generated requests, ``examples`` for each route in each phase but those that cover the document once.

    Returns the failures in a line each.
    """
    config = {
        "seed": seed,
        "continue-on-failure": True,
        "warnings": False,
        "request-timeout": 2 * SLOWEST_SECONDS,
        "generation": {"max-examples": max(examples, 1), "database": "none"},
        "phases": {name: {"enabled": examples > 0} for name in ("fuzzing", "stateful")},
        "checks": {"max_response_time": SLOWEST_SECONDS},
    }
    schema = schemathesis.openapi.from_dict(document, config=SchemathesisConfig.from_dict(config))
    schema.app = app
    failures: list[str] = []
    for event in from_schema(schema).execute():
        assert not isinstance(event, FatalError | NonFatalError), event
        if isinstance(event, ScenarioFinished):
            failures += _failures(event)
    return failures


def _failures(event: ScenarioFinished) -> Iterator[str]:
    for case_id, checks in event.recorder.checks.items():
        for check in checks:
            interaction = event.recorder.interactions[case_id]
            if check.status is Status.SUCCESS or _refused_rightly(check.name, interaction.response):
                continue
            assert check.failure_info is not None
            request, complaint = interaction.request, check.failure_info.failure.message
            if not _taken_rightly(check.name, complaint):
                yield f"{check.name}: {request.method} {request.uri}: {complaint}"


def _refused_rightly(check: str, response: Response | None) -> bool:
    if check != "positive_data_acceptance" or response is None or response.status_code != 422:
        return False
    problems = json.loads(response.content)["detail"]
    return all(
        problem["loc"][1] in REFUSED_RIGHTLY
        and (problem["loc"][1] != "metric" or "not a finite number" in problem["msg"])
        for problem in problems
    )


def _taken_rightly(check: str, complaint: str) -> bool:
    violated = re.findall(r"violates `(\w+)` at /properties/(\w+)", complaint)
    return (
        check == "negative_data_rejection"
        and bool(violated)
        and all(keyword in {"type", "anyOf"} and name in TEXTS for keyword, name in violated)
    )


def _document(*, whole: bool) -> dict[str, Any]:
    """Return the document; where it is not the whole, without the parameter that spoils nearly every valid request."""
    document: MutableMapping[str, Any] = json.loads(json.dumps(api.app.openapi()))
    route = document["paths"]["/api/models"]["get"]
    route["parameters"] = [one for one in route["parameters"] if whole or one["name"] != "cursor"]
    return dict(document)


@pytest.mark.parametrize(
    ("routes", "least"),
    [
        pytest.param("", (200, 20, 50), marks=[pytest.mark.slow, pytest.mark.ci], id="all"),
        pytest.param("/artifacts/", (40, 5, 20), id="of artifacts"),
    ],
)
def test_requests_that_cover_the_document(app: Counting, routes: str, least: tuple[int, int, int]) -> None:
    app.answered.clear()
    document = _document(whole=True)
    document["paths"] = {path: item for path, item in document["paths"].items() if re.search(routes, path)}
    assert run(app, seed=1, examples=0, document=document) == []
    answered = (app.answered.total(), app.answered["GET", 200], app.answered["GET", 422])
    assert all(number > bound for number, bound in zip(answered, least, strict=True)), answered


@pytest.mark.slow
@pytest.mark.parametrize("half", range(HALVES))
def test_many_generated_requests(
    app: Counting, half: int, record_property: Callable[[str, object], None]
) -> None:
    app.answered.clear()
    deadline = time.monotonic() + SECONDS
    turn = 0
    while app.answered.total() < MANY // HALVES:
        assert time.monotonic() < deadline, f"only {app.answered.total()} requests in {SECONDS} s"
        turn += 1
        seed = HALVES * turn + half
        document = _document(whole=turn % 3 == 0)
        assert run(app, seed=seed, examples=350, document=document) == [], f"seed {seed}"
    record_property(FIGURES, f"{app.answered.total()} requests without a failure: {dict(app.answered)}")
    assert {status for _, status in app.answered} <= {200, 404, 405, 422}
