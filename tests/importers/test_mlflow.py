"""MLflow: a run that was logged properly is complete here, one that was not is told what it lacks."""

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psycopg
import pytest

from scidex.atlas.artifact_registry import get_version_history, register_artifact
from scidex.atlas.model_registry import get_model_detail
from scidex.forge.importers import FORMATS, Plan, PlannedPart, Refused, Told, carry_out
from scidex.forge.importers.recognising import recognise, sources
from tests.importers import mlflow_stores as stores
from tests.importers.mlflow_plans import MLFLOW, changed, plans, read


@pytest.mark.parametrize("write", [stores.database, stores.folder_store])
def test_a_run_with_inputs_is_complete(
    conn: psycopg.Connection, tmp_path: Path, write: Callable[[Path], Path]
) -> None:
    outcome = carry_out(plans(write(tmp_path))[0], conn)
    assert outcome.provenance["model-mlflow-m-1"]["complete"] is True
    detail = get_model_detail("model-mlflow-m-1", conn=conn)
    assert detail["training_datasets"] == ["dataset-mlflow-doses-144be020"]
    assert detail["produced_by"] == "analysis-mlflow-r1"
    assert {each["status"] for each in detail["provenance"]["inputs"]} == {"intact"}
    assert detail["provenance"]["inputs"][0]["pinned_hash"] == "mlflow:144be020"
    assert detail["evaluation_metrics"] in ({"val_loss": 0.25}, {"val/loss": 0.5})
    version = detail["model_version"]
    assert version is not None
    assert version["code_repo_url"] == "https://example.org/a/b.git"
    assert version["code_entrypoint"] == "fit.py"
    assert version["code_commit_sha"] == stores.TAGS["mlflow.source.git.commit"]
    assert str(version["training_started_at"]).startswith("2023-11-14T22:13:20")


@pytest.mark.parametrize("write", [stores.database, stores.folder_store])
def test_what_a_run_says_is_kept(tmp_path: Path, write: Callable[[Path], Path]) -> None:
    model = plans(write(tmp_path))[0].models[0]
    metadata: Any = model.metadata
    assert (model.title, model.model_family) == ("effect", "statistical")
    assert (metadata["model_type"], metadata["framework"]) == ("Ridge", "sklearn")
    assert (metadata["features"], metadata["target"]) == (["dose"], ["effect"])
    assert metadata["hyperparameters"]["alpha"] == 0.1
    (history,) = metadata["training_history"].values()
    assert history["last"] == history["lowest"]
    assert metadata["card"] == {"summary": "Dose and effect."}
    assert metadata["provenance"]["tags"] == {"stage": "pilot"}
    assert metadata["provenance"]["registered_as"] == "effect version 1"


def test_registered_versions_are_one_lineage_and_what_is_lost_is_said(
    conn: psycopg.Connection, tmp_path: Path
) -> None:
    plan = plans(stores.database(tmp_path))[0]
    carry_out(plan, conn)
    history = get_version_history("model-mlflow-m-1", conn=conn)
    assert [(each.id, each.version_number, each.changelog) for each in history] == [
        ("model-mlflow-m-1", 1, None),
        ("model-mlflow-m-2", 2, "A larger penalty."),
    ]
    said = [each.what for each in plan.left_out]
    assert "version 3 of effect" in said
    assert "1 values of val_loss in first" in said
    assert "1 values of odds in second" in said


def test_a_store_is_imported_once_also_after_a_new_version(conn: psycopg.Connection, tmp_path: Path) -> None:
    path = stores.database(tmp_path)
    for plan in plans(path):
        carry_out(plan, conn)
    changed(
        path,
        "INSERT INTO model_versions VALUES ('effect', 4, NULL, 'Production', 'runs:/r5/model', 'r5');"
        "UPDATE model_versions SET current_stage = 'Archived' WHERE version = 1;"
        "INSERT INTO tags VALUES ('stage', 'done', 'r1')",
    )
    later = [carry_out(plan, conn) for plan in plans(path)]
    assert [each.new for each in later] == [[]]
    assert "model-mlflow-r5" in later[0].already_there


def test_what_a_run_did_not_log_is_told_with_how_to_log_it(conn: psycopg.Connection, tmp_path: Path) -> None:
    bare = plans(stores.database(tmp_path))[-1]
    assert bare.models[0].title == "bare"
    said = " ".join(f"{each.what} {each.remedy}" for each in bare.missing)
    assert "mlflow.log_input" in said
    assert "log_model" in said
    outcome = carry_out(bare, conn)
    assert outcome.provenance["model-mlflow-r5"]["complete"] is False


def test_a_run_without_inputs_is_complete_with_the_dataset_that_the_caller_names(
    conn: psycopg.Connection, tmp_path: Path
) -> None:
    register_artifact(
        artifact_type="dataset", title="D", artifact_id="dataset-d", content_hash="x", conn=conn
    )
    bare = [
        part for part in read(stores.database(tmp_path), Told(dataset="dataset-d")) if isinstance(part, Plan)
    ][-1]
    assert carry_out(bare, conn).provenance["model-mlflow-r5"]["complete"] is True


def test_an_input_that_is_not_for_training_is_used_and_no_training_data(tmp_path: Path) -> None:
    path = changed(stores.database(tmp_path), "UPDATE input_tags SET value = 'eval'")
    plan = plans(path)[0]
    assert plan.models[0].trained_on == ()
    links = next(each for each in plan.artifacts if each.artifact_id == "analysis-mlflow-r1").links
    assert [each.link_type for each in links] == ["uses", "uses"]
    assert links[0].target == "dataset-mlflow-doses-144be020"


def test_a_run_that_failed_is_refused_and_a_deleted_one_is_not_there(tmp_path: Path) -> None:
    parts = read(stores.database(tmp_path))
    (refused,) = [part for part in parts if isinstance(part, Refused)]
    assert "FAILED" in refused.reason
    assert refused.place == "run r3"
    assert "r4" not in str(parts)


def test_accounts_and_passwords_are_left_out(tmp_path: Path) -> None:
    text = str(read(stores.database(tmp_path)))
    assert "secret" not in text
    assert "somebody" not in text


def test_the_caller_names_data_and_analysis_where_the_run_does_not(tmp_path: Path) -> None:
    told = Told(dataset="dataset-d", analysis="analysis-a")
    parts = [part for part in read(stores.database(tmp_path), told) if isinstance(part, Plan)]
    assert parts[0].models[0].trained_on == ("dataset-mlflow-doses-144be020",)
    assert parts[-1].models[0].trained_on == ("dataset-d",)
    assert parts[-1].models[0].produced_by == ("analysis-a",)
    assert parts[-1].artifacts == ()


@pytest.mark.parametrize("layout", ["", "ffffffffffff", "5b0e9adcef9c"])
def test_a_layout_that_is_not_known_is_refused(tmp_path: Path, layout: str) -> None:
    path = stores.database(tmp_path, layout)
    assert recognise(path, FORMATS) is MLFLOW
    with pytest.raises(Refused, match="layout"):
        read(path)


@pytest.mark.parametrize(
    "statement",
    [
        "DROP TABLE metrics",
        "DROP TABLE metrics; CREATE VIEW metrics AS SELECT * FROM tags",
        "ALTER TABLE metrics DROP COLUMN step",
    ],
)
def test_a_store_without_its_tables_is_refused(tmp_path: Path, statement: str) -> None:
    parts: list[PlannedPart] = []
    try:
        parts = read(changed(stores.database(tmp_path), statement))
    except Refused as refusal:
        parts = [refusal]
    assert all(isinstance(part, Refused) for part in parts)


def test_another_database_is_refused_as_a_store(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "a.db") as other:
        other.execute("CREATE TABLE runs (a)")
    other.close()
    assert recognise(tmp_path / "a.db", FORMATS) is None


@pytest.mark.parametrize("write", [stores.database, stores.folder_store])
def test_reading_leaves_nothing_behind(tmp_path: Path, write: Callable[[Path], Path]) -> None:
    path = write(tmp_path)
    before = {each: each.stat().st_mtime_ns for each in tmp_path.rglob("*")}
    assert [each.path for each in sources(tmp_path, FORMATS)] == [path]
    read(path)
    assert {each: each.stat().st_mtime_ns for each in tmp_path.rglob("*")} == before


def test_a_link_out_of_the_store_is_not_followed(tmp_path: Path) -> None:
    path = stores.database(tmp_path / "store")
    model = tmp_path / "store" / "mlruns" / "1" / "models" / "m-1" / "artifacts" / "MLmodel"
    outside = tmp_path / "MLmodel"
    outside.write_text(stores.MLMODEL)
    model.unlink()
    model.symlink_to(outside)
    assert plans(path)[0].models[0].metadata["formula"] == "not declared"
