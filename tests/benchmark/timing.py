"""Times one case: ours and the floor in turn, after both have named the same models."""

import statistics
import time
from collections.abc import Sequence
from dataclasses import dataclass

from tests.benchmark.cases import Case
from tests.benchmark.client import Client, WrongAnswer

# psycopg prepares a statement on a connection when it runs the sixth time, and the pools lend two in turn.
_WARM = 15
# A case ends after this long however many rounds it has done, but not before these.
_MOST_SECONDS, _FEWEST_ROUNDS = 20.0, 20


@dataclass(frozen=True)
class Times:
    """Milliseconds of one side, and the bytes of its answer."""

    p50: float
    p95: float
    p99: float
    size: int


@dataclass(frozen=True)
class Timed:
    """Both sides of a case."""

    case: Case
    total: int
    rounds: int
    ours: Times
    floor: Times

    @property
    def ratio(self) -> float:
        """Our median in medians of the floor."""
        return self.ours.p50 / self.floor.p50

    @property
    def missed(self) -> str:
        """The limit that the case exceeds; empty if none."""
        return self.case.limit.missed(self.ours.p50, self.floor.p50)


def timed(client: Client, case: Case, rounds: int) -> Timed:
    """Check the two answers, then time them in turn.

    Raises:
        WrongAnswer: ids, total or facets differ.

    """
    ours, floor = client.get(case.path), client.get(case.floor_path)
    total = check(case, ours, floor)
    for _ in range(_WARM):
        client.get(case.path)
        client.get(case.floor_path)
    seconds: tuple[list[float], list[float]] = ([], [])
    begun = time.monotonic()
    while len(seconds[0]) < rounds and (
        time.monotonic() - begun < _MOST_SECONDS or len(seconds[0]) < _FEWEST_ROUNDS
    ):
        seconds[0].append(client.timed(case.path))
        seconds[1].append(client.timed(case.floor_path))
    return Timed(case, total, len(seconds[0]), _times(seconds[0], len(ours)), _times(seconds[1], len(floor)))


def check(case: Case, ours: bytes, floor: bytes) -> int:
    """Return the total that both sides name.

    Raises:
        WrongAnswer: ids, total or facets differ.

    """
    read, expected = case.read(ours), case.expected(floor)
    if read != expected:
        message = f"{case.name}: {case.path} names {read}, {case.floor_path} {expected}"
        raise WrongAnswer(message)
    return int(read["total"])


def _times(seconds: Sequence[float], size: int) -> Times:
    cuts = statistics.quantiles((second * 1000 for second in seconds), n=100, method="inclusive")
    return Times(statistics.median(seconds) * 1000, cuts[94], cuts[98], size)
