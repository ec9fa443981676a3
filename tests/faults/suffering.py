"""A fault that comes and goes under load, and what is promised for it."""

import time
from collections.abc import Callable, Sequence

from tests.faults.clients import Record, asking
from tests.faults.figures import note_record
from tests.faults.questions import Question
from tests.faults.served import LONGEST_SECONDS, Served, figures_when_quiet

# From the fault's end until everything is as before.
BACK_SECONDS = 2.0
# Requests before the fault, and the time after it.
_BEFORE, _AFTER_SECONDS = 30, 3.0


def suffer(
    served: Served,
    asked: Sequence[Question],
    fault: Callable[[], None],
    *,
    longest: float = LONGEST_SECONDS,
    breaking: bool = False,
) -> Record:
    """Let a fault come and go under load, and hold what the clients saw to what is promised.

    ``longest`` bounds every answer, in seconds; ``breaking`` faults may cut connections of clients.
    """
    before = figures_when_quiet(served.address)
    with asking(served.address, asked) as record:
        while len(record.outcomes) < _BEFORE:
            time.sleep(0.05)
        assert len(record.of("right")) == len(record.outcomes)
        fault()
        end = time.monotonic()
        time.sleep(_AFTER_SECONDS)
    note_record(record, end)
    assert not record.of("wrong"), record.of("wrong")[:3]
    assert breaking or not record.of("broken"), record.of("broken")[:3]
    assert record.slowest() < longest
    assert record.back_after(end) < BACK_SECONDS
    assert record.rights_after(end + BACK_SECONDS) > 0
    assert figures_when_quiet(served.address) == before
    return record
