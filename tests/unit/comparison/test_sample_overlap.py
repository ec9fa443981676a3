"""Overlap of training data by samples, where datasets carry ids."""

import pytest

from scidex.atlas._model_registry.comparison.sample_overlap import overlap_by_rows

ALL = frozenset(f"s{i}" for i in range(233))
PART = frozenset(f"s{i}" for i in range(200))


def test_a_part_of_the_samples_is_counted() -> None:
    found = overlap_by_rows(["all"], ["part"], {"all": ALL, "part": PART})
    assert found == {"a": 233, "b": 200, "shared": 200, "jaccard": 200 / 233, "relation": "superset"}


@pytest.mark.parametrize("known", [{"all": ALL}, {}])
def test_without_ids_of_all_datasets_nothing_is_known(known: dict[str, frozenset[str]]) -> None:
    assert overlap_by_rows(["all"], ["part"], known) is None
