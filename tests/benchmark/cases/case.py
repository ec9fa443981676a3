"""One case: two addresses whose answers name the same models."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from typing_extensions import override

Answer = dict[str, Any]
# Below this a ratio would compare two route frames rather than two statements (issue's own bounds, in milliseconds).
SHORT_FLOOR, SHORT_FLOOR_LIMIT = 3.0, 6.0


@dataclass(frozen=True)
class Limit:
    """What a case may take at 100,000 models: times the floor's median, and milliseconds of the median."""

    ratio: float | None
    milliseconds: float

    def missed(self, ours: float, floor: float) -> str:
        """Return the limit that our median exceeds, given both medians in milliseconds; empty if none."""
        if ours > self.milliseconds:
            return f"over {self.milliseconds:g} ms"
        if self.ratio is None or ours <= max(self.ratio * floor, SHORT_FLOOR_LIMIT * (floor < SHORT_FLOOR)):
            return ""
        return f"over {SHORT_FLOOR_LIMIT:g} ms" if floor < SHORT_FLOOR else f"over {self.ratio:g} times"

    @override
    def __str__(self) -> str:
        """Write it for a table."""
        return f"{'' if self.ratio is None else f'{self.ratio:g} times, '}{self.milliseconds:g} ms"


LIST, COMBINED = Limit(2, 15), Limit(3, 25)


def listed(body: bytes) -> Answer:
    """Read the ids, total and counts of facets of a list."""
    answer = json.loads(body)
    read: Answer = {"ids": [model["id"] for model in answer["models"]], "total": answer["total"]}
    if "facets" in answer:
        read["facets"] = {
            facet: {_text(one["value"]): one["count"] for one in counts}
            for facet, counts in answer["facets"].items()
        }
    return read


def _text(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value)


@dataclass(frozen=True)
class Case:
    """What is asked of ours and of the floor; ``read`` takes ids and total out of our answer."""

    name: str
    path: str
    floor: str
    parameters: dict[str, Any] = field(default_factory=dict, hash=False)
    limit: Limit = LIST
    read: Callable[[bytes], Answer] = listed

    @property
    def floor_path(self) -> str:
        """The address of the floor."""
        return f"/floor/{self.floor}?{urlencode(self.parameters)}"

    @property
    def file_name(self) -> str:
        """The name as a file's."""
        return re.sub(r"[^a-z0-9]+", "-", self.name.lower()).strip("-")

    def expected(self, body: bytes) -> Answer:
        """Read the floor's answer, without the rows that it fetched only to fetch them."""
        answer = json.loads(body)
        return {name: answer[name] for name in ("ids", "total", "facets") if name in answer}


def list_path(**parameters: Any) -> str:
    """Write the address of a list."""
    return f"/api/models?{urlencode(parameters, doseq=True)}"
