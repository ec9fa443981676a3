"""How far something is: a bar on a terminal, plain lines elsewhere. Both go to standard error."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

# Told how much is done and, if it changes, what with.
Tell = Callable[[int, str], None]
_EVERY_SECONDS = 10.0


@contextmanager
def shown(what: str, total: int | None) -> Iterator[Tell]:
    """Show how far ``what`` is while the block runs; ``total`` is None where nobody knows."""
    begun = time.monotonic()
    with _bar(what, total) if sys.stderr.isatty() else _lines(what, total) as tell:
        yield tell
    say(f"{what}: {time.monotonic() - begun:.1f} s")


def say(words: str) -> None:
    """Write a line to standard error."""
    sys.stderr.write(f"{words}\n")
    sys.stderr.flush()


@contextmanager
def _bar(what: str, total: int | None) -> Iterator[Tell]:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(what, total=total)
        yield lambda done, part: progress.update(task, completed=done, description=f"{what} {part}".strip())


@contextmanager
def _lines(what: str, total: int | None) -> Iterator[Tell]:
    last = time.monotonic()

    def tell(done: int, part: str) -> None:
        nonlocal last
        if time.monotonic() - last > _EVERY_SECONDS:
            last = time.monotonic()
            say(f"{what} {part}: {done}{'' if total is None else f' of {total}'}")

    yield tell
