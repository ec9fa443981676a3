"""The effect of signals on a server: each signal that ends it ends it in order, however often it comes."""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

LIKE_TERMINATION: Final = (signal.SIGHUP, signal.SIGQUIT)
_ENDING = (signal.SIGINT, signal.SIGTERM)


def end_in_order() -> None:
    """Let an interrupt and a termination signal raise KeyboardInterrupt; an ignored interrupt stays ignored."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    if signal.getsignal(signal.SIGINT) is not signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    end_in_order_when_hung_up()


def end_in_order_when_hung_up() -> None:
    """Let a hangup and a quit signal act like a termination signal; an ignored one (``nohup``) stays ignored."""
    for number in LIKE_TERMINATION:
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, lambda *_: signal.raise_signal(signal.SIGTERM))


def terminate() -> None:
    """Tell this process to end in order, from any of its threads."""
    os.kill(os.getpid(), signal.SIGTERM)


@contextmanager
def undisturbed() -> Iterator[None]:
    """Ignore signals that end this process while it ends in order."""
    former = {number: signal.signal(number, signal.SIG_IGN) for number in _ENDING}
    try:
        yield
    finally:
        for number, handler in former.items():
            signal.signal(number, handler)
