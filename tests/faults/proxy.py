"""A network between a server and its clients that can swallow everything: nothing answers and nothing is refused."""

import socket
import struct
import threading
from contextlib import suppress
from types import TracebackType

_AT_ONCE = 65536


class Network:
    """Passes on what comes to ``port`` of 127.0.0.1 until told to swallow it.

    Connections that stand when it begins to swallow are lost, and end with a reset once it passes on again, as those
    to a machine that was started anew. New ones wait until then.
    """

    def __init__(self, target: int) -> None:
        self._target = target
        self._passing = threading.Event()
        self._passing.set()
        self._forgotten: set[socket.socket] = set()
        self._ends: set[socket.socket] = set()
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=200)
        self.port = int(self._listener.getsockname()[1])

    def __enter__(self) -> "Network":
        """Begin to pass on."""
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End every connection."""
        self._passing.set()
        for end in (self._listener, *self._ends):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()

    def swallow(self) -> None:
        """Swallow all bytes from now on."""
        self._passing.clear()
        self._forgotten |= self._ends

    def pass_on(self) -> None:
        """Let new connections through again, and reset those that are lost."""
        self._passing.set()
        for end in self._forgotten:
            with suppress(OSError):
                end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                end.shutdown(socket.SHUT_RD)  # wakes its thread, which closes it

    def _accept(self) -> None:
        with suppress(OSError):  # the listener is closed at the end
            while True:
                self._passing.wait()
                near, _ = self._listener.accept()
                self._passing.wait()
                far = socket.create_connection(("127.0.0.1", self._target))
                self._ends |= {near, far}
                for source, sink in ((near, far), (far, near)):
                    threading.Thread(target=self._carry, args=(source, sink), daemon=True).start()

    def _carry(self, source: socket.socket, sink: socket.socket) -> None:
        with suppress(OSError):
            while data := source.recv(_AT_ONCE):
                if source not in self._forgotten:
                    sink.sendall(data)
        if source in self._forgotten:
            self._passing.wait()
            source.close()
            return
        with suppress(OSError):
            sink.shutdown(socket.SHUT_WR)
