"""Fitting again gives what is committed: the quick analyses always, everything where there is time."""

import math
from collections.abc import Callable
from typing import Any

import pytest

from scidex.forge.demo.fit import (
    alzheimers_logistic,
    alzheimers_tables,
    amyloid,
    enzyme,
    enzyme_tables,
    indomethacin,
    published,
    theophylline,
    theophylline_tables,
)
from scidex.forge.demo.fit.document import document
from scidex.forge.demo.fit.models import FittedModel
from scidex.forge.demo.fit.rounding import rounded
from tests.unit.demo.demo_registry import BY_ID, DOCUMENT, ENTRIES

# Another build of the numerical libraries may differ by a little more than the last digit written.
_RELATIVE = 1e-4

_QUICK: dict[str, Callable[[], list[FittedModel]]] = {
    "logistic": lambda: alzheimers_logistic.models(alzheimers_tables.people()),
    "theophylline": lambda: theophylline.models(*theophylline_tables.samples()),
    "indomethacin": lambda: indomethacin.models(*indomethacin.samples()),
    "enzyme": lambda: enzyme.models(enzyme_tables.measurements()),
    "amyloid": lambda: amyloid.models(*amyloid.samples()),
}


@pytest.mark.slow
@pytest.mark.ci
@pytest.mark.parametrize("fit", _QUICK.values(), ids=_QUICK)
def test_a_quick_refit_gives_what_is_committed(fit: Callable[[], list[FittedModel]]) -> None:
    for model in fit():
        committed = BY_ID[model.id]
        assert _differences(rounded(dict(model.metrics)), committed["metadata"]["evaluation_metrics"]) == []
        for key, value in rounded(dict(model.described)).items():
            assert _differences(value, committed["metadata"][key]) == []
        for evaluation in model.evaluations():
            again, kept = evaluation["metadata"], BY_ID[evaluation["id"]]["metadata"]
            assert _differences(again, kept) == []


def test_the_raw_data_are_those_that_were_fitted() -> None:
    committed = {
        entry["id"]: entry["content_hash"] for entry in ENTRIES if entry["artifact_type"] == "dataset"
    }
    assert {key: published.measurements(key).content_hash() for key in committed} == committed


@pytest.mark.slow
def test_a_whole_refit_gives_what_is_committed() -> None:
    steps: list[tuple[int, int, str]] = []
    again = document(lambda number, steps_in_all, name: steps.append((number, steps_in_all, name)))
    assert [number for number, _, _ in steps] == list(range(1, steps[0][1] + 1))
    assert _differences(again["artifacts"], DOCUMENT["artifacts"]) == []


def _differences(found: Any, committed: Any, path: str = "") -> list[str]:
    """List where two JSON values differ by more than rounding; hashes of rounded numbers are left out."""
    if isinstance(found, dict) and isinstance(committed, dict) and found.keys() == committed.keys():
        pairs = [
            (f"{path}.{key}", found[key], committed[key]) for key in found if not _hash_of_numbers(key, found)
        ]
    elif isinstance(found, list) and isinstance(committed, list) and len(found) == len(committed):
        pairs = [(f"{path}[{i}]", a, b) for i, (a, b) in enumerate(zip(found, committed, strict=True))]
    else:
        return [] if _close(found, committed) else [f"{path}: {found!r} instead of {committed!r}"]
    return [line for name, a, b in pairs for line in _differences(a, b, name)]


def _hash_of_numbers(key: str, entry: dict[str, Any]) -> bool:
    return key == "content_hash" and entry.get("artifact_type") in ("model", "figure", "evaluation")


def _close(found: Any, committed: Any) -> bool:
    if isinstance(found, float) and isinstance(committed, (int, float)):
        return math.isclose(found, committed, rel_tol=_RELATIVE, abs_tol=1e-9)
    return bool(found == committed)
