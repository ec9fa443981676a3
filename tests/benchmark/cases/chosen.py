"""The values that cases ask for, taken from the database: the popular and the rare of each kind."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

from psycopg import Connection

from tests.benchmark import floors
from tests.benchmark.registry import LONGEST_LINEAGE, model_id

# Answers the JSON of a path.
Ask = Callable[[str], Any]


class Pair(NamedTuple):
    """The most and the least frequent value of a kind."""

    popular: str
    rare: str


@dataclass(frozen=True)
class Chosen:
    """Values of a database; ``single`` has one version, ``longest`` stands in the middle of 40."""

    dataset: Pair
    hypothesis: Pair
    analysis: Pair
    single: str
    longest: str
    ordinary: tuple[str, ...]
    total: int


def choose(conn: Connection[Any]) -> Chosen:
    """Choose the values of a database that has the floor's tables."""
    found = json.loads(floors.answered(conn, "chosen", {}))
    return Chosen(
        dataset=Pair(*found["dataset"]),
        hypothesis=Pair(*found["hypothesis"]),
        analysis=Pair(*found["analysis"]),
        single=found["single"],
        longest=model_id(0, LONGEST_LINEAGE // 2),
        ordinary=tuple(found["ordinary"]),
        total=found["total"],
    )
