"""What the demo has to contain, read off the committed file alone."""

import re
from collections import Counter
from typing import Any

import pytest

from tests.unit.demo.demo_registry import (
    ANALYSES,
    BY_ID,
    ENTRIES,
    IDS,
    MODELS,
    Entry,
    first_of_lineage,
    metrics,
)

_NAMES = ("trained_on_dataset_id", "produced_by_analysis_id", "tests_hypothesis_id")
_LEAD_NOWHERE = {"dataset-theophylline-mean-curve", "hypothesis-csf-panel-without-core-biomarkers"}


def test_there_are_enough_models_of_every_family() -> None:
    families = Counter(model["model_family"] for model in MODELS)
    assert len(MODELS) >= 18
    assert len({first_of_lineage(model) for model in MODELS}) >= 6
    assert set(families) == {"biophysical", "deep_learning", "statistical"}


def test_ids_are_unique_and_say_what_they_name() -> None:
    assert len(BY_ID) == len(ENTRIES)
    for entry in ENTRIES:
        prefix = entry["artifact_type"].replace("tabular_", "")
        assert entry["id"].startswith(f"{prefix}-"), entry["id"]


def test_whatever_an_entry_refers_to_stands_before_it() -> None:
    seen: set[str] = set()
    for entry in ENTRIES:
        assert _references(entry) <= seen, entry["id"]
        seen.add(entry["id"])


def test_only_the_two_names_that_are_meant_to_lead_nowhere() -> None:
    named = {model["metadata"].get(name) for model in MODELS for name in _NAMES} - {None}
    assert named - set(BY_ID) == _LEAD_NOWHERE


def test_at_least_four_models_lack_something_each_something_else() -> None:
    gaps = [tuple(model["lacks"]) for model in MODELS if model["lacks"]]
    assert len(set(gaps)) == len(gaps) >= 4


@pytest.mark.parametrize(
    "model", [model for model in MODELS if model["lacks"]], ids=lambda model: str(model["id"])
)
def test_a_gap_is_stated_in_words(model: Entry) -> None:
    words = model["changelog"] or model["metadata"]["description"]
    assert re.search(r"not registered|not been registered|unpinned", words)


def test_everything_has_a_real_hash() -> None:
    hashes = [entry["content_hash"] for entry in ENTRIES]
    assert all(re.fullmatch(r"sha256:[0-9a-f]{64}", value) for value in hashes)
    assert len(set(hashes)) == len(hashes)


def test_published_work_is_external_and_ours_is_internal() -> None:
    external = {entry["artifact_type"] for entry in ENTRIES if entry["origin_type"] == "external"}
    assert external == {"paper", "dataset"}


def test_every_analysis_is_pinned_and_one_input_comes_too_late() -> None:
    assert all(analysis["pin_inputs"] and analysis["links"] for analysis in ANALYSES)
    assert sum(len(analysis["links_after_pinning"]) for analysis in ANALYSES) == 1


@pytest.mark.parametrize("model", MODELS, ids=IDS)
def test_a_new_version_differs_by_more_than_its_seed(model: Entry) -> None:
    if model["parent"] is None:
        assert model["metadata"]["description"]
        return
    parent = BY_ID[model["parent"]]
    assert model["changelog"]
    assert _method(model) != _method(parent) or _training_table(model) != _training_table(parent)


def test_every_promoted_version_is_alone_and_complete() -> None:
    promoted = [model for model in MODELS if model["model_version"]["promotion_state"] == "promoted"]
    assert len({first_of_lineage(model) for model in promoted}) == len(promoted)
    assert not any(model["lacks"] for model in promoted)


def test_figures_draw_real_series() -> None:
    figures = [entry["metadata"] for entry in ENTRIES if entry["artifact_type"] == "figure"]
    assert figures
    for drawn in figures:
        assert len(drawn["x"]["values"]) == len(drawn["y"]["values"]) > 1


def _references(entry: Entry) -> set[str]:
    linked = {link["target"] for link in (*entry["links"], *entry.get("links_after_pinning", ()))}
    if entry["artifact_type"] != "model":
        return linked
    named = {entry["metadata"].get(name) for name in _NAMES} - _LEAD_NOWHERE
    return linked | (named | {entry["parent"], entry["model_version"]["eval_dataset_artifact_id"]}) - {None}


def _method(model: Entry) -> Any:
    """Return what a model was fitted as, without what came out and without the seed."""
    settings = {
        name: value for name, value in model["model_version"]["training_params"].items() if name != "seed"
    }
    kept = ("equations", "species", "formula", "features", "layer_config")
    units = {name: one["units"] for name, one in model["metadata"].get("parameters", {}).items()}
    return settings, [model["metadata"].get(key) for key in kept], units


def _training_table(model: Entry) -> Any:
    return model["metadata"].get("trained_on_dataset_id")


def test_every_model_names_the_metric_by_which_it_is_first_judged() -> None:
    for model in MODELS:
        named = model["metadata"]["headline_metric"]
        is_classifier = "test_roc_auc" in metrics(model)
        assert named == ("test_roc_auc" if is_classifier else "test_rmse"), model["id"]
        assert named in metrics(model)
