"""Every rule says what is wrong and what would help, and following that literally lifts the cap."""

import pytest
from hypothesis import given
from psycopg import Connection

from tests.provenance.cases import LOOSE, PIN, TRACED, UNPINNED, linked, pinned, saying
from tests.provenance.fixes import apply_fix, apply_fixes
from tests.provenance.generator import registries
from tests.provenance.registry import Registry, artifact
from tests.provenance.settings import FEW
from tests.provenance.store_answers import Answer, answers_about

# What is made for one rule, such as a dataset, may be what another has to pin; no model needs more rounds.
_MOST_ROUNDS = 3

_WITHOUT_DATASET = pinned(
    ["dataset-e", 1], registry=linked("produced_by", "SDA-1").with_link("SDA-1", "cites", "dataset-e")
)

MESSAGES = [
    (
        "trained_on_dataset_id",
        LOOSE,
        "no training dataset is known: nothing registered is linked as such or named in metadata.trained_on_dataset_id",
    ),
    (
        "trained_on_dataset_id",
        saying(trained_on_dataset_id="dataset-x"),
        "no training dataset is known: metadata names dataset-x, which is not registered",
    ),
    (
        "trained_on_dataset_id",
        linked("trained_on", "dataset-x"),
        "no training dataset is known: a trained_on link names dataset-x, which is not registered",
    ),
    (
        "trained_on_dataset_id",
        saying(trained_on_dataset_id="figure-f"),
        "no training dataset is known: "
        "metadata names figure-f, which is of type figure, not dataset or tabular_dataset",
    ),
    (
        "trained_on_dataset_id",
        saying(trained_on_dataset_id=["d", "x"]),
        "training dataset: dataset-d; but metadata names x, which is not registered",
    ),
    (
        "produced_by_analysis_id",
        saying(LOOSE.with_row("analysis-SDA-3", **artifact("notebook")), produced_by_analysis_id="SDA-3"),
        "no producing analysis is known: metadata names SDA-3, which is of type notebook, not analysis",
    ),
    (
        "tests_hypothesis_id",
        saying(hypothesis_id="h-1"),
        "no tested hypothesis is known: nothing registered is linked as such or named in metadata.tests_hypothesis_id",
    ),
    ("tests_hypothesis_id", LOOSE, "the model claims to test no hypothesis, so none is required"),
    ("pinned_inputs", LOOSE, "no input is known, so nothing can be pinned"),
    (
        "pinned_inputs",
        TRACED.with_link("SDA-1", "cites", "dataset-e"),
        "1 of 2 inputs of SDA-1 is not pinned: dataset-e",
    ),
    (
        "pinned_inputs",
        UNPINNED.with_link("SDA-1", "cites", "dataset-e"),
        "2 of 2 inputs of SDA-1 are not pinned: dataset-d, dataset-e",
    ),
]
FIXES = [
    (
        "trained_on_dataset_id",
        LOOSE,
        'register the training dataset: register_artifact(artifact_type="dataset", title=…), '
        'then link model-m to it: create_link("model-m", its id, "trained_on")',
    ),
    (
        "trained_on_dataset_id",
        _WITHOUT_DATASET,
        'register the training dataset: register_artifact(artifact_type="dataset", title=…), '
        'then link model-m to it: create_link("model-m", its id, "trained_on"), '
        'and add its pin with pin_inputs("SDA-1") to pinned_artifacts of SDA-1',
    ),
    (
        "trained_on_dataset_id",
        saying(trained_on_dataset_id="dataset-x"),
        "register dataset-x as a dataset: "
        'register_artifact(artifact_type="dataset", artifact_id="dataset-x", title=…)',
    ),
    (
        "produced_by_analysis_id",
        LOOSE,
        'register the producing analysis: register_artifact(artifact_type="analysis", title=…), '
        'then link model-m to it: create_link("model-m", its id, "produced_by")',
    ),
    (
        "tests_hypothesis_id",
        saying(tests_hypothesis=True),
        'register the tested hypothesis: register_artifact(artifact_type="hypothesis", title=…), '
        'then link model-m to it: create_link("model-m", its id, "tests")',
    ),
    ("tests_hypothesis_id", LOOSE, None),
    (
        "pinned_inputs",
        UNPINNED,
        'call pin_inputs("SDA-1"), which adds '
        '{"artifact_id": "dataset-d", "version_number": 1} to pinned_artifacts of SDA-1',
    ),
    (
        "pinned_inputs",
        UNPINNED.with_row("dataset-d", version_number=-3),
        'call pin_inputs("SDA-1"), which adds '
        '{"artifact_id": "dataset-d", "version_number": 1} to pinned_artifacts of SDA-1',
    ),
    (
        "pinned_inputs",
        pinned(PIN, registry=UNPINNED.with_link("SDA-1", "uses", "gone")),
        "register gone with register_artifact(artifact_type=…, artifact_id=…, title=…), "
        'then call pin_inputs("SDA-1"), which adds '
        '{"artifact_id": "gone", "version_number": 1} to pinned_artifacts of SDA-1',
    ),
    ("pinned_inputs", TRACED, None),
]


@pytest.mark.parametrize(("rule", "registry", "message"), MESSAGES)
def test_messages(conn: Connection, rule: str, registry: Registry, message: str) -> None:
    assert answers_about(conn, registry)["model-m"].rule(rule)["message"] == message


@pytest.mark.parametrize(("rule", "registry", "fix"), FIXES)
def test_fixes(conn: Connection, rule: str, registry: Registry, fix: str | None) -> None:
    assert answers_about(conn, registry)["model-m"].rule(rule)["fix"] == fix


@pytest.mark.parametrize(
    "registry",
    [UNPINNED, _WITHOUT_DATASET, saying(TRACED, tests_hypothesis=True)],
    ids=["pins", "dataset", "hypothesis"],
)
def test_the_fix_of_the_one_missing_rule_lifts_the_cap(conn: Connection, registry: Registry) -> None:
    before = answers_about(conn, registry)["model-m"]
    (rule,) = before.model.missing
    fix = before.rule(rule)["fix"]
    assert fix is not None
    mended, _ = apply_fix(registry, "model-m", fix)
    after = answers_about(conn, mended)["model-m"]
    assert (before.model.quality_score, after.model.quality_score) == (0.3, 0.9)


def check_that_fixes_help(conn: Connection, registry: Registry) -> None:
    for model_id, first in answers_about(conn, registry).items():
        mended, answer = registry, first
        for _ in range(_MOST_ROUNDS):
            _check_words(answer)
            if answer.model.missing:
                mended = apply_fixes(mended, answer)
                answer = answers_about(conn, mended)[model_id]
        assert answer.model.missing == ()
        assert answer.model.quality_score == answer.model.quality_score_stored


@FEW
@given(registry=registries())
def test_fixes_are_there_and_help_wherever_a_rule_is_missing(conn: Connection, registry: Registry) -> None:
    check_that_fixes_help(conn, registry)


def _check_words(answer: Answer) -> None:
    for rule in answer.verdict["rules"]:
        lacking = rule["required"] and not rule["satisfied"]
        assert lacking == (rule["rule"] in answer.model.missing)
        assert rule["message"].strip()
        assert (rule["fix"] is not None) == lacking
