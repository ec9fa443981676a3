"""Clients that ask without pause, each on a connection it keeps, and judge every answer."""

import http.client
import json
import random
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import urlsplit

from tests.faults.questions import Question

CLIENTS = 8
_NEVER_SECONDS = (
    60.0  # longer than any bound: an answer that takes this long is a finding, not a broken connection
)
# Said by the registry, and by the host of requests whose turn does not come.
_UNAVAILABLE = {"database_unavailable", "service_unavailable"}
_PAUSE_SECONDS = 0.01  # between two tries to reach a server that is away


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one request; times are those of ``time.monotonic``."""

    kind: Literal["right", "unavailable", "broken", "wrong"]
    began: float
    ended: float
    what: str


@dataclass(slots=True)
class Record:
    """All outcomes so far, of all clients."""

    outcomes: list[Outcome] = field(default_factory=list)

    def of(self, kind: str) -> list[Outcome]:
        """Return the outcomes of a kind."""
        return [outcome for outcome in self.outcomes if outcome.kind == kind]

    def slowest(self) -> float:
        """Return the seconds of the slowest answer, of whatever kind."""
        return max(outcome.ended - outcome.began for outcome in self.outcomes)

    def back_after(self, end: float) -> float:
        """Return the seconds from ``end`` until the last failure and the last answer to an earlier request."""
        late = [o.ended for o in self.outcomes if o.kind != "right" or o.began < end]
        return max(late, default=end) - end

    def rights_after(self, moment: float) -> int:
        """Count the right answers to what was asked after a moment."""
        return sum(outcome.began > moment for outcome in self.of("right"))

    def summary(self) -> str:
        """Say how many there were of each kind."""
        kinds = ("right", "unavailable", "broken", "wrong")
        return ", ".join(f"{number} {kind}" for kind in kinds if (number := len(self.of(kind))))


@contextmanager
def asking(address: str, questions: Sequence[Question], clients: int = CLIENTS) -> Iterator[Record]:
    """Let clients ask for as long as the block runs; what they saw is in the record, also while it runs."""
    record, stop = Record(), threading.Event()
    threads = [
        threading.Thread(target=_ask, args=(address, questions, random.Random(seed), record, stop))  # noqa: S311
        for seed in range(clients)
    ]
    for thread in threads:
        thread.start()
    try:
        yield record
    finally:
        stop.set()
        for thread in threads:
            thread.join()


def _ask(
    address: str, questions: Sequence[Question], order: random.Random, record: Record, stop: threading.Event
) -> None:
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=_NEVER_SECONDS)
    while not stop.is_set():
        outcome = ask(connection, order.choice(questions))
        record.outcomes.append(outcome)
        if outcome.kind == "broken":
            time.sleep(_PAUSE_SECONDS)
    connection.close()


def ask(connection: http.client.HTTPConnection, question: Question) -> Outcome:
    """Ask one question and judge the answer."""
    began = time.monotonic()
    try:
        connection.request("GET", question.path)
        answer = connection.getresponse()
        body = answer.read()
    except TimeoutError:
        connection.close()
        return Outcome("wrong", began, time.monotonic(), f"{question.path}: no answer")
    except (OSError, http.client.HTTPException) as error:
        connection.close()
        return Outcome("broken", began, time.monotonic(), f"{question.path}: {error!r}")
    ended = time.monotonic()
    if answer.status == 200:
        found = question.read(json.loads(body))
        if found == question.right:
            return Outcome("right", began, ended, "")
        return Outcome("wrong", began, ended, f"{question.path}: {found} instead of {question.right}")
    if _is_unavailable(answer, body):
        return Outcome("unavailable", began, ended, "")
    return Outcome("wrong", began, ended, f"{question.path}: {answer.status} {answer.headers} {body[:500]!r}")


def _is_unavailable(answer: http.client.HTTPResponse, body: bytes) -> bool:
    """Whether it is the contract's 503: when to try again, a sentence and a code."""
    if answer.status != 503 or not answer.headers.get("Retry-After", "").isdecimal():
        return False
    with suppress(ValueError):
        said = json.loads(body)
        return set(said) == {"detail", "code"} and said["code"] in _UNAVAILABLE
    return False
