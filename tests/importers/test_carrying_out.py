"""A plan is registered whole or not at all, and once however often it is carried out."""

from dataclasses import replace

import psycopg
import pytest

from scidex.atlas.artifact_registry import Link, register_artifact
from scidex.atlas.model_registry import get_model_detail
from scidex.forge.importers import Plan, PlannedArtifact, PlannedEvaluation, PlannedModel, Refused, carry_out

MODEL = PlannedModel(
    artifact_id="model-a",
    title="A",
    model_family="statistical",
    metadata={"model_type": "linear", "formula": "y ~ x"},
    content_hash="sha256:aa",
    trained_on=("dataset-a",),
    produced_by=("analysis-a",),
)
EVALUATION = PlannedEvaluation(
    artifact_id="evaluation-a",
    title="A on a",
    model="model-a",
    dataset="dataset-a",
    metadata={"split": "train", "task": "regression", "observed": [1.0, 2.0], "predicted": [1.0, 2.5]},
)
PLAN = Plan(
    source="a",
    format="test",
    artifacts=(
        PlannedArtifact(
            artifact_id="dataset-a", artifact_type="dataset", title="Data", content_hash="sha256:dd"
        ),
        PlannedArtifact(
            artifact_id="analysis-a",
            artifact_type="analysis",
            title="Run",
            content_hash="sha256:cc",
            links=(Link("dataset-a", "uses"),),
            pin_inputs=True,
        ),
    ),
    models=(MODEL,),
    evaluations=(EVALUATION,),
)


def ids(conn: psycopg.Connection) -> set[str]:
    """Name what is registered."""
    return {name for (name,) in conn.execute("SELECT id FROM artifacts")}


def test_a_plan_with_data_run_and_pins_is_complete(conn: psycopg.Connection) -> None:
    outcome = carry_out(PLAN, conn)
    assert outcome.new == ["dataset-a", "analysis-a", "model-a", "evaluation-a"]
    assert outcome.provenance["model-a"]["complete"] is True
    detail = get_model_detail("model-a", conn=conn)
    assert detail["provenance"]["inputs"][0]["status"] == "intact"
    assert [each["id"] for each in detail["evaluations"]] == ["evaluation-a"]


def test_a_second_time_everything_is_there_and_nothing_changes(conn: psycopg.Connection) -> None:
    carry_out(PLAN, conn)
    before = conn.execute("SELECT id, version, metadata FROM artifacts ORDER BY id").fetchall()
    again = carry_out(PLAN, conn)
    assert (again.new, again.already_there) == ([], ["dataset-a", "analysis-a", "model-a", "evaluation-a"])
    assert conn.execute("SELECT id, version, metadata FROM artifacts ORDER BY id").fetchall() == before


def test_what_cannot_be_registered_leaves_nothing_of_its_plan(conn: psycopg.Connection) -> None:
    wrong = replace(EVALUATION, metadata={**EVALUATION.metadata, "predicted": [1.0]})
    with pytest.raises(Refused) as refused:
        carry_out(replace(PLAN, evaluations=(wrong,)), conn)
    assert refused.value.place == "evaluation-a"
    assert "predicted" in refused.value.reason
    assert ids(conn) == set()


@pytest.mark.parametrize(
    "changed",
    [
        replace(PLAN, models=(replace(MODEL, content_hash="sha256:bb"),)),
        replace(
            PLAN, evaluations=(replace(EVALUATION, metadata={**EVALUATION.metadata, "predicted": [9, 9]}),)
        ),
    ],
)
def test_other_content_under_the_same_id_is_refused(conn: psycopg.Connection, changed: Plan) -> None:
    carry_out(PLAN, conn)
    with pytest.raises(Refused, match="other content"):
        carry_out(changed, conn)


def test_an_id_of_another_type_is_refused(conn: psycopg.Connection) -> None:
    register_artifact(artifact_type="paper", title="P", artifact_id="dataset-a", conn=conn)
    with pytest.raises(Refused, match="registered as a paper"):
        carry_out(PLAN, conn)
    assert ids(conn) == {"dataset-a"}


def test_a_link_that_leads_nowhere_is_refused_with_the_name(conn: psycopg.Connection) -> None:
    lost = replace(MODEL, links=(Link("paper-x", "cites"),))
    with pytest.raises(Refused, match="paper-x, which is not registered"):
        carry_out(replace(PLAN, models=(lost,)), conn)
    assert ids(conn) == set()


def test_the_next_version_of_a_model_is_one(conn: psycopg.Connection) -> None:
    later = replace(
        MODEL, artifact_id="model-b", content_hash="sha256:bb", parent="model-a", changelog="more"
    )
    carry_out(replace(PLAN, models=(MODEL, later)), conn)
    assert get_model_detail("model-b", conn=conn)["version_number"] == 2
