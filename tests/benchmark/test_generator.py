"""The generated registry: the same for the same seed, and as broken as it says."""

import json
from typing import Any

from tests.benchmark.registry import MODELS_PER_ANALYSIS, Registry, analysis_id

_SMALL = Registry(300, (1_000, 4_000))


def _rows(registry: Registry) -> list[tuple[Any, ...]]:
    return [*registry.artifacts(), *registry.links(), *registry.model_versions()]


def test_the_same_seed_makes_the_same_rows_and_another_others() -> None:
    assert _rows(Registry(40)) == _rows(Registry(40))
    assert _rows(Registry(40)) != _rows(Registry(40, seed=1))


def test_ids_are_unique_and_links_lead_to_them() -> None:
    ids = [row[0] for row in _SMALL.artifacts()]
    assert len(ids) == len(set(ids))
    assert {end for source, target, _ in _SMALL.links() for end in (source, target)} <= set(ids)
    assert {row[0] for row in _SMALL.model_versions()} <= set(ids)


def test_metadata_are_json_of_the_size_asked_for() -> None:
    least, most = _SMALL.document_bytes
    for row in _SMALL.artifacts():
        metadata = json.loads(row[3])
        if row[1] == "model":
            # A document is cut behind a number, and what a model says of itself may alone be longer than the least.
            assert least * 0.9 < len(row[3]) < most * 1.1
            assert metadata["model_family"]


def test_about_thirty_percent_of_the_models_lack_something() -> None:
    registry = Registry(3_000)
    pins = {row[0]: len(json.loads(row[3])["pinned_artifacts"]) for row in registry._analyses()}
    lacking = 0
    for model in registry.chosen():
        analysis = model.number // MODELS_PER_ANALYSIS
        lacking += model.lacks is not None or pins[analysis_id(analysis)] < len(registry.inputs(analysis))
    assert 0.25 < lacking / registry.models < 0.35


def test_lineages_reach_from_one_version_to_forty() -> None:
    lengths: dict[int, int] = {}
    for model in _SMALL.chosen():
        lengths[model.lineage] = max(lengths.get(model.lineage, 0), model.version)
    assert {1, 40} <= set(lengths.values())
    assert sum(lengths.values()) == _SMALL.models
