"""How long reading one model may take, whatever its format."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from scidex.forge.importers.refusals import Refused


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """Refuse what takes longer than some seconds inside the block.

    The bound is an alarm of the process, which the main thread alone can set: in another thread nothing is bounded
    here, and what others have set an alarm for is left to them.

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
