"""The judge's verdict in words: what is wrong, which fix lifts the cap, and the status of each pin."""

from dataclasses import replace
from typing import Any

import pytest

from scidex.atlas._model_registry.entries.provenance import (
    input_answers,
    pin_status,
    provenance_verdict,
    warning,
)
from scidex.atlas._model_registry.records.models import ModelRecord, Rule
from scidex.atlas._model_registry.records.provenance import InputRecord, NamedArtifact, ProvenanceFacts

RULES = ["trained_on_dataset_id", "produced_by_analysis_id", "pinned_inputs", "tests_hypothesis_id"]

INPUT = InputRecord(
    artifact_id="dataset-a",
    artifact_type="dataset",
    title="A",
    required_by=("SDA-1",),
    pinned_version=1,
    pinned_hash="sha256:1",
    current_version=1,
    current_hash="sha256:1",
    newer_exists=False,
)
LOOSE = replace(INPUT, artifact_id="dataset-b", pinned_version=None, pinned_hash=None, current_version=2)
MODEL = ModelRecord(
    id="model-a",
    title="A",
    family=None,
    version_number=1,
    version_tag=None,
    is_latest=True,
    quality_score=0.8,
    quality_score_stored=0.8,
    metrics={},
    parameter_count=None,
    datasets=("dataset-a",),
    analyses=("SDA-1",),
    hypotheses=(),
    origin_type=None,
    lifecycle_state=None,
    promotion_state=None,
    missing=(),
    created_at=None,
)
FACTS = ProvenanceFacts(
    model_id="model-a",
    claims_hypothesis=False,
    unresolved_datasets=(),
    unresolved_analyses=(),
    unresolved_hypotheses=(),
    inputs=(INPUT,),
)


def lacking(*missing: Rule, **changes: Any) -> ModelRecord:
    return replace(MODEL, missing=missing, quality_score=0.3, **changes)


def rule(name: Rule, model: ModelRecord, facts: ProvenanceFacts) -> dict[str, Any]:
    (found,) = (dict(one) for one in provenance_verdict(model, facts)["rules"] if one["rule"] == name)
    return found


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({}, "intact"),
        ({"newer_exists": True}, "superseded"),
        ({"pinned_hash": None}, "unverified"),
        ({"pinned_hash": None, "newer_exists": True}, "unverified"),
        ({"pinned_hash": "sha256:2"}, "modified"),
        ({"current_hash": None}, "modified"),
        ({"pinned_version": 2}, "modified"),
        ({"pinned_version": 2, "pinned_hash": None}, "modified"),
        ({"current_version": None, "current_hash": None, "artifact_type": None}, "missing"),
        ({"pinned_version": None, "pinned_hash": None}, "unpinned"),
        ({"pinned_version": None, "pinned_hash": None, "current_version": None}, "unpinned"),
    ],
)
def test_what_became_of_a_pin(changes: dict[str, Any], status: str) -> None:
    record = replace(INPUT, **changes)
    assert pin_status(record) == status
    (answer,) = input_answers(replace(FACTS, inputs=(record,)))
    assert answer["status"] == status
    assert (answer["pinned_hash"], answer["current_hash"]) == (record.pinned_hash, record.current_hash)


def test_a_complete_model_is_worded_without_fix_or_warning() -> None:
    answer = provenance_verdict(MODEL, FACTS)
    assert (answer["complete"], answer["score"], answer["cap"], answer["capped"]) == (True, 1.0, 0.3, False)
    assert [one["rule"] for one in answer["rules"]] == RULES
    assert [one["required"] for one in answer["rules"]] == [True, True, True, False]
    assert all(one["fix"] is None and one["message"] for one in answer["rules"])
    assert rule("trained_on_dataset_id", MODEL, FACTS)["evidence"] == ["dataset-a"]
    assert warning(MODEL) is None


@pytest.mark.parametrize(
    ("missing", "claims", "score"),
    [
        (("pinned_inputs",), False, 0.67),
        (("trained_on_dataset_id", "pinned_inputs"), False, 0.33),
        (("trained_on_dataset_id", "produced_by_analysis_id", "pinned_inputs"), False, 0.0),
        (("tests_hypothesis_id",), True, 0.75),
    ],
)
def test_the_score_is_satisfied_over_required_rules(
    missing: tuple[Rule, ...], claims: bool, score: float
) -> None:
    evidence = {
        "datasets": () if "trained_on_dataset_id" in missing else ("dataset-a",),
        "analyses": () if "produced_by_analysis_id" in missing else ("SDA-1",),
    }
    answer = provenance_verdict(lacking(*missing, **evidence), replace(FACTS, claims_hypothesis=claims))
    assert (answer["score"], answer["complete"], answer["capped"]) == (score, False, True)
    unsatisfied = [one["rule"] for one in answer["rules"] if one["required"] and not one["satisfied"]]
    assert unsatisfied == list(missing)
    assert all(one["fix"] for one in answer["rules"] if one["rule"] in missing)


def test_a_pin_that_is_missing_is_named_with_the_entry_that_mends_it() -> None:
    found = rule("pinned_inputs", lacking("pinned_inputs"), replace(FACTS, inputs=(INPUT, LOOSE)))
    assert found["message"] == "1 of 2 inputs of SDA-1 is not pinned: dataset-b"
    assert found["fix"] == (
        'call pin_inputs("SDA-1"), which adds '
        '{"artifact_id": "dataset-b", "version_number": 2} to pinned_artifacts of SDA-1'
    )
    assert found["evidence"] == ["dataset-a"]


def test_an_input_that_is_not_registered_is_registered_first() -> None:
    gone = replace(LOOSE, artifact_id="gone", artifact_type=None, current_version=None)
    fix = rule("pinned_inputs", lacking("pinned_inputs"), replace(FACTS, inputs=(gone,)))["fix"]
    assert fix.startswith(
        "register gone with register_artifact(artifact_type=…, artifact_id=…, title=…), then call pin_inputs("
    )


@pytest.mark.parametrize(
    ("changes", "inputs", "word"),
    [({"analyses": ()}, (LOOSE,), "analysis"), ({"datasets": ()}, (), "trained_on")],
)
def test_the_fix_says_where_pins_would_stand(
    changes: dict[str, Any], inputs: tuple[InputRecord, ...], word: str
) -> None:
    fix = rule("pinned_inputs", lacking("pinned_inputs", **changes), replace(FACTS, inputs=inputs))["fix"]
    assert word in fix
    assert "model-a" in fix


@pytest.mark.parametrize(
    ("name", "field", "unresolved"),
    [
        ("trained_on_dataset_id", "datasets", "unresolved_datasets"),
        ("produced_by_analysis_id", "analyses", "unresolved_analyses"),
        ("tests_hypothesis_id", "hypotheses", "unresolved_hypotheses"),
    ],
)
def test_a_name_that_leads_nowhere_is_said(name: Rule, field: str, unresolved: str) -> None:
    named = (NamedArtifact(name="x", found_type=None), NamedArtifact(name="y", found_type="paper"))
    changes: dict[str, Any] = {unresolved: named, "claims_hypothesis": True}
    facts = replace(FACTS, **changes)
    evidence: dict[str, Any] = {field: ()}
    found = rule(name, lacking(name, **evidence), facts)
    assert "names x, which is not registered" in found["message"]
    assert "names y, which is of type paper" in found["message"]
    assert not found["satisfied"]
    evidence = {field: ("known",)}
    satisfied = rule(name, replace(MODEL, **evidence), facts)
    assert satisfied["satisfied"]
    assert "known" in satisfied["message"]
    assert "names x, which is not registered" in satisfied["message"]


def test_no_claim_needs_no_hypothesis_and_a_linked_one_is_still_shown() -> None:
    assert not rule("tests_hypothesis_id", MODEL, FACTS)["required"]
    linked = rule("tests_hypothesis_id", replace(MODEL, hypotheses=("h-1",)), FACTS)
    assert (linked["required"], linked["satisfied"], linked["evidence"]) == (False, True, ["h-1"])


@pytest.mark.parametrize(
    ("stored", "effective", "words"),
    [
        (0.8, 0.3, "stored score of 0.8"),
        (0.2, 0.2, "stays as it is"),
        (None, None, "unscored"),
        (0.3, 0.3, "stays"),
    ],
)
def test_a_warning_says_what_is_missing_and_what_it_does(
    stored: float | None, effective: float | None, words: str
) -> None:
    model = replace(MODEL, missing=("pinned_inputs",), quality_score=effective, quality_score_stored=stored)
    sentence = warning(model)
    assert sentence is not None
    assert "not all pinned" in sentence
    assert words in sentence
