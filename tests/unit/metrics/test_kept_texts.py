"""What the process keeps of units that rows write is small, however long they are."""

import tracemalloc

from scidex.atlas._model_registry.metrics.kinds import kind_of
from scidex.atlas._model_registry.metrics.units import read_both


def test_long_units_are_not_kept() -> None:
    tracemalloc.start()
    for number in range(20):
        long = "mM" * 500_000 + str(number)
        assert read_both(long, "mM") is None
        assert kind_of("auc", long) == kind_of("auc")
    kept, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert kept < 4_000_000
