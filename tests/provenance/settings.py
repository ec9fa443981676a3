"""How long Hypothesis looks; it repeats the same examples each time and leaves no files."""

from typing import Final

from hypothesis import HealthCheck, settings

_COMMON: Final = settings(
    deadline=None,
    database=None,
    derandomize=True,
    # Each example is written inside a savepoint of the test's transaction and rolled back with it.
    suppress_health_check=[
        HealthCheck.function_scoped_fixture,
        HealthCheck.too_slow,
        HealthCheck.data_too_large,
    ],
)
ORDINARY: Final = settings(_COMMON, max_examples=100)
FEW: Final = settings(_COMMON, max_examples=20)
# Random each time: the slow suite is there to look where nobody looked yet, and prints how to repeat what it finds.
MANY: Final = settings(_COMMON, max_examples=2000, derandomize=False, print_blob=True)
MORE: Final = settings(MANY, max_examples=300)
