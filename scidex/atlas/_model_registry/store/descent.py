"""How datasets descend from each other, from one step of each."""

from collections import deque
from collections.abc import Mapping, Sequence

# Steps along sources for all datasets of a comparison, 0.1 µs each: a thousand datasets may share a thousand sources.
_MOST_STEPS = 1_000_000


class Descent:
    """What datasets were made from, however far back; as far as a number of steps leads."""

    def __init__(self, earlier: Mapping[str, str | None], sources: Mapping[str, Sequence[str]]) -> None:
        """Keep the earlier version and the sources of each dataset that was read."""
        self._earlier, self._sources = earlier, sources
        self._left = _MOST_STEPS

    def earlier_versions(self, dataset: str) -> frozenset[str]:
        """Return a dataset and its earlier versions, the first of which may not be registered."""
        found: set[str] = set()
        version: str | None = dataset
        while version is not None and version not in found and self._left > 0:
            found.add(version)
            self._left -= 1
            version = self._earlier.get(version)
        return frozenset(found)

    def ancestors(self, dataset: str) -> frozenset[str]:
        """Return all that a dataset derives from."""
        found = {dataset}
        pending = deque([dataset])
        while pending and self._left > 0:
            sources = self._sources.get(pending.popleft(), ())
            self._left -= len(sources)
            fresh = set(sources) - found
            found |= fresh
            pending += sorted(fresh)
        return frozenset(found - {dataset})
