"""The file of directions is whole: every entry says what it has to, and no name means two things."""

import re
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any, get_args

import pytest

from scidex.atlas._model_registry.contract.answers import Direction
from scidex.atlas._model_registry.metrics import kinds as metrics

ENTRIES: dict[str, dict[str, Any]] = tomllib.loads(
    Path(metrics.__file__).with_name("metrics.toml").read_text(encoding="utf-8")
)["metric"]


@pytest.mark.parametrize("name", ENTRIES)
def test_entry_is_whole(name: str) -> None:
    entry = ENTRIES[name]
    assert entry["direction"] in get_args(Direction)
    assert entry["compares"] in get_args(metrics.Compares)
    assert entry["source"]
    assert ("target" in entry) == (entry["direction"] == "target")
    assert entry.keys() <= {"direction", "compares", "source", "target", "aliases"}


def test_no_name_means_two_things() -> None:
    spellings = Counter(name for key, entry in ENTRIES.items() for name in (key, *entry.get("aliases", ())))
    assert [name for name, uses in spellings.items() if uses > 1] == []


def test_names_are_spelled_as_they_are_looked_up() -> None:
    spellings = [name for key, entry in ENTRIES.items() for name in (key, *entry.get("aliases", ()))]
    assert [name for name in spellings if not re.fullmatch(r"[a-z0-9]+(_[a-z0-9]+)*", name)] == []
