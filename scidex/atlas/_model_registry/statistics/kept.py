"""A cache in the process: results by content, the least recently used dropped first."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

_Key = TypeVar("_Key", bound=Hashable)
_Value = TypeVar("_Value")


class KeptValues(Generic[_Key, _Value]):
    """At most ``most`` values by key; the least recently used goes first."""

    def __init__(self, most: int) -> None:
        """Begin empty."""
        self._most = most
        self._kept: OrderedDict[_Key, _Value] = OrderedDict()
        self._lock = Lock()

    def get(self, key: _Key) -> _Value | None:
        """Return the kept value; None without one."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
            return self._kept.get(key)

    def put(self, key: _Key, value: _Value) -> None:
        """Keep a value."""
        with self._lock:
            self._kept[key] = value
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)

    def get_or(self, key: _Key, compute: Callable[[], _Value]) -> _Value:
        """Return the kept value, else compute and keep it."""
        found = self.get(key)
        if found is None:
            found = compute()
            self.put(key, found)
        return found
