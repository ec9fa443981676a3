"""The bound on the time to read one model, for all formats."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from scidex.forge.importers.refusals import Refused


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """Refuse a source that takes longer than some seconds inside the block.

    The bound is an alarm of the process, which only the main thread can set: other threads have no bound here. An alarm
    that is already set is left alone.

    Raises:
        Refused: it takes longer.

    """
    if threading.current_thread() is not threading.main_thread() or signal.getitimer(signal.ITIMER_REAL)[0]:
        yield
        return

    def end(*_: Any) -> None:
        raise Refused("", f"reading it takes more than {seconds:g} seconds", "give a smaller part of it")

    before = signal.signal(signal.SIGALRM, end)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
