"""The faults of an evaluation: where they are, and how to mend them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TypeVar

from scidex.atlas._model_registry.records.evaluations import EvaluationFault

_Read = TypeVar("_Read")

# Nobody reads more rows of one column; only the number of the others is told.
_MOST_ROWS_NAMED = 20


@dataclass(slots=True)
class Faults:
    """The faults found so far."""

    found: list[EvaluationFault] = field(default_factory=list)

    def add(self, path: str, value: object, remedy: str) -> None:
        """Add a fault."""
        self.found.append(EvaluationFault(path, value, remedy))

    def rows(self, path: str, bad: Iterable[tuple[int, object, str]]) -> bool:
        """Add the first 20 faults of rows (row, value, remedy); return whether there are any."""
        faulty = list(bad)
        self.found += [
            EvaluationFault(f"{path}[{row}]", value, remedy)
            for row, value, remedy in faulty[:_MOST_ROWS_NAMED]
        ]
        if (others := len(faulty) - _MOST_ROWS_NAMED) > 0:
            self.add(path, f"{others} more rows", "mend them likewise")
        return bool(faulty)

    def column(
        self, path: str, values: list[object], read: Callable[[object], _Read | None], remedy: str
    ) -> tuple[_Read, ...] | None:
        """Return a column with every value read; None, with faults of its rows, where ``read`` returns None for any."""
        column = [read(value) for value in values]
        bad = ((row, values[row], remedy) for row, value in enumerate(column) if value is None)
        return None if self.rows(path, bad) else tuple(value for value in column if value is not None)
