"""The file of directions is whole: every entry says what it has to, and no name means two things."""

import re
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any, get_args

import pytest

from scidex.atlas._model_registry.metrics import table
from scidex.atlas._model_registry.records.metrics import Direction

ENTRIES: dict[str, dict[str, Any]] = tomllib.loads(
    Path(table.__file__).with_name("metrics.toml").read_text(encoding="utf-8")
)["metric"]
SPELLINGS = [name for key, entry in ENTRIES.items() for name in (key, *entry.get("aliases", ()))]


@pytest.mark.parametrize("name", ENTRIES)
def test_entry_is_whole(name: str) -> None:
    entry = ENTRIES[name]
    assert entry["direction"] in get_args(Direction)
    assert entry["compares"] in get_args(table.Compares)
    assert entry["source"]
    assert "target" not in entry or entry["direction"] == "target"
    assert entry.get("beside", "words") in get_args(table.Beside)
    assert entry.keys() <= {
        "direction",
        "compares",
        "source",
        "target",
        "aliases",
        "beside",
        "pure",
        "weights",
    }


def test_no_name_means_two_things() -> None:
    uses = Counter(name.replace("_", "") for name in SPELLINGS)
    assert [name for name, count in uses.items() if count > 1] == []


def test_names_are_spelled_as_they_are_looked_up() -> None:
    form = r"[a-z0-9]*#{0,2}[a-z0-9]*(_[a-z0-9]*#{0,2}[a-z0-9]*)*@?"
    assert [name for name in SPELLINGS if not re.fullmatch(form, name)] == []


def test_only_coverage_leaves_its_target_to_the_level_that_is_declared() -> None:
    open_targets = [
        name for name, entry in ENTRIES.items() if entry["direction"] == "target" and "target" not in entry
    ]
    assert open_targets == ["coverage"]
