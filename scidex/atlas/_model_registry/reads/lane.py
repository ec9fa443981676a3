"""Lists make way for folding: while many changes wait, one list at a time judges them, and few at most."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

from psycopg import Connection

from scidex.atlas._model_registry.contract.errors import RegistryUnavailable
from scidex.atlas._model_registry.store.folding import FEW, is_busy, is_log_longer

# More than a list judges in some seconds; folding takes them up in about the same time, and once for all lists.
_MANY = 20_000
_LOOK_SECONDS = 0.1
# Less than the server's patience with a request that waits (SCIDEX_PG_POOL_TIMEOUT).
_PATIENCE_SECONDS = 8.0


class Lane:
    """Lends connections to lists, which judge what waits to be folded.

    Lists that judge the same changes at the same time would take the processors from the folding that ends it. So while
    more than a few wait, one list at a time is answered, and not before folding has left few enough; the others wait.
    """

    def __init__(self, reading: Callable[[], AbstractContextManager[Connection]]) -> None:
        self._reading = reading
        self._lane = threading.Lock()

    @contextmanager
    def __call__(self) -> Iterator[Connection]:
        """Lend a connection for one list; without a statement more where this process sees few changes wait.

        Raises:
            RegistryUnavailable: so many changes wait that its turn did not come in time.

        """
        with self._reading() as conn:
            if not (is_busy() and is_log_longer(conn, FEW)):
                yield conn
                return
        deadline = time.monotonic() + _PATIENCE_SECONDS
        with self._turn(deadline):
            self._wait_for_folding(deadline)
            with self._reading() as conn:
                yield conn

    @contextmanager
    def _turn(self, deadline: float) -> Iterator[None]:
        if not self._lane.acquire(timeout=max(0.0, deadline - time.monotonic())):
            message = (
                "many changes are being taken up, and other lists are waiting; try again in a few seconds"
            )
            raise RegistryUnavailable(message)
        try:
            yield
        finally:
            self._lane.release()

    def _wait_for_folding(self, deadline: float) -> None:
        while time.monotonic() < deadline:
            with self._reading() as conn:
                if not is_log_longer(conn, _MANY):
                    return
            time.sleep(_LOOK_SECONDS)
