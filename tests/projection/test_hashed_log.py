"""What reads the log finds duplicates by sorting.

A log that was written in the order of hashes made hash tables grow out of memory: of a million changes, a part of
200,000 took minutes to fold, and 50,000 two seconds to read, where 2 and 0.1 seconds suffice.
"""

import psycopg
import pytest

_READERS = (
    "waiting",
    "watching",
    "take_up",
    "unsettled",
    "settled",
    "settle",
    "connect",
    "moved",
    "downstream",
)


@pytest.mark.parametrize("name", _READERS)
def test_no_hash_table_is_filled_from_the_log(conn: psycopg.Connection, name: str) -> None:
    (found,) = conn.execute("SELECT proconfig FROM pg_proc WHERE proname = %s", [f"model_registry_{name}"])
    assert "enable_hashagg=off" in found[0]
