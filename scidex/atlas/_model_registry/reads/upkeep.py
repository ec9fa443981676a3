"""Upkeep of the projection that lists read: fold changes, find headlines, check it against the judge."""

import threading
from collections.abc import Callable
from contextlib import AbstractContextManager

from psycopg import Connection

from scidex.atlas._model_registry.reads.headlines import differing_headlines, find_headlines
from scidex.atlas._model_registry.reads.snapshot import registry_errors, snapshot
from scidex.atlas._model_registry.store import folding
from scidex.atlas._model_registry.store.folding import FoldingState


def fold(*, most: int = 1000, conn: Connection) -> int:
    """Bring the projection up to date; return how many changes or models were folded, 0 when none are left.

    It also returns 0 while another session folds. Lists are right without it, but slower the longer it is not called.
    ``conn`` must be able to write. All is one transaction, committed unless the connection is in one already.
    """
    return folding.advance(conn, most) or 0


def keep_folded(
    get_connection: Callable[[], AbstractContextManager[Connection]],
    stop: threading.Event,
    tell: Callable[[FoldingState], None] = lambda _: None,
) -> None:
    """Fold in the background, in a thread of the caller's, until ``stop`` is set. ``get_connection`` lends writers.

    ``tell`` is called after each attempt with its outcome: ``ok``, ``waits`` for a session that keeps the turn,
    or ``fails``.
    """
    folding.keep_folded(get_connection, stop, tell, lambda conn: find_headlines(conn=conn))


def check(*, conn: Connection) -> list[str]:
    """Return the ids of models that lists show differently from the judge; empty unless something went wrong.

    Headlines are found again from the evaluations, which takes a tenth of a second for each model that has any.
    """
    with registry_errors(), snapshot(conn) as reading:
        return sorted({*folding.differing(reading), *differing_headlines(reading)})
