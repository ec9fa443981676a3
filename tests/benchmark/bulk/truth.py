"""What lists may answer at a moment: the states of the database that a request can have seen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tests.benchmark.cases.case import Answer


@dataclass(frozen=True)
class Asked:
    """One request: from when to when on the monotonic clock, its status, and its answer if that is 200."""

    path: str
    begun: float
    ended: float
    status: int
    answer: Answer | None

    @property
    def seconds(self) -> float:
        """How long it took, from sending the request to the last byte."""
        return self.ended - self.begun


@dataclass(frozen=True)
class State:
    """A state of the database: when its commit began and ended, and the right answer to each address."""

    begun: float
    ended: float
    answers: Mapping[str, Answer]


def is_stale(asked: Asked, states: Sequence[State]) -> bool:
    """Return whether an answer is right in none of the ``states``, in their order, that the request can have seen."""
    if asked.answer is None:
        return False
    ends = [*(state.ended for state in states[1:]), float("inf")]
    seen = (
        state
        for state, end in zip(states, ends, strict=True)
        if state.begun <= asked.ended and asked.begun <= end
    )
    return all(state.answers[asked.path] != asked.answer for state in seen)
