"""What a run of MLflow says of its model: metrics of an input, aliases, and the family of what was logged."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.importers import mlflow_stores as stores
from tests.importers.mlflow_plans import changed, plans


@pytest.mark.parametrize(
    ("write", "metric", "dataset"),
    [
        (stores.database, "val_loss", "later doses"),
        (stores.folder_store, "val/loss", "doses"),
    ],
)
def test_a_metric_keeps_the_input_that_it_was_computed_on(
    tmp_path: Path, write: Callable[[Path], Path], metric: str, dataset: str
) -> None:
    plan = plans(write(tmp_path))[0]
    model: Any = plan.models[0]
    (named,) = (one.artifact_id for one in plan.artifacts if one.title == dataset)
    assert model.metadata["metric_metadata"] == {metric: {"dataset": named}}


def test_a_dataset_that_no_input_names_is_not_said_of_a_metric(tmp_path: Path) -> None:
    assert "metric_metadata" not in plans(stores.database(tmp_path))[0].models[1].metadata


@pytest.mark.parametrize("write", [stores.database, stores.folder_store])
def test_versions_keep_their_aliases(tmp_path: Path, write: Callable[[Path], Path]) -> None:
    models: Any = plans(write(tmp_path))[0].models
    found = {name for model in models for name in model.metadata["provenance"].get("aliases", [])}
    assert "champion" in found


def test_a_store_of_before_aliases_and_metrics_of_models_is_read(tmp_path: Path) -> None:
    path = changed(
        stores.database(tmp_path), "DROP TABLE logged_model_metrics; DROP TABLE registered_model_aliases"
    )
    assert len(plans(path)[0].models) == 2


@pytest.mark.parametrize(
    ("name", "family"),
    [
        *(
            (name, "statistical")
            for name in ("LogRegression", "random_forest", "SVM_Kernel", "RF", "DecisionTree")
        ),
        *(
            (name, "statistical")
            for name in ("XGBoost v2", "knn", "Linear Regression", "ridge-3", "naive_bayes")
        ),
        *(
            (name, "deep_learning")
            for name in ("suave-boar-183", "forest_cover_cnn", "mask-rcnn", "catalog-registry")
        ),
    ],
)
def test_a_run_without_a_model_is_of_the_family_that_its_name_says(
    tmp_path: Path, name: str, family: str
) -> None:
    path = changed(stores.database(tmp_path), f"UPDATE runs SET name = '{name}' WHERE run_uuid = 'r5'")  # noqa: S608 - our own names
    (model,) = plans(path)[-1].models
    assert (model.title, model.model_family) == (name, family)


@pytest.mark.parametrize(
    ("history", "family", "kind"),
    [
        ('[{"flavors": {"python_function": {}, "sklearn": {}}}]', "statistical", "sklearn"),
        ('[{"flavors": {"keras": {}}}]', "deep_learning", None),
        ("[{}]", "deep_learning", None),
        ("not JSON", "deep_learning", None),
    ],
)
def test_a_model_logged_before_mlflow_3_is_of_the_library_in_the_run(
    tmp_path: Path, history: str, family: str, kind: str | None
) -> None:
    """The forest of the run righteous-zebra-248 (Iris_MLFlow), logged by MLflow 2.16."""
    insert = f"INSERT INTO tags VALUES ('mlflow.log-model.history', '{history}', 'r5')"  # noqa: S608 - our own
    (model,) = plans(changed(stores.database(tmp_path), insert))[-1].models
    assert (model.model_family, model.metadata.get("model_type")) == (family, kind)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("xgboost_run_2", "xgboost"),
        ("XGBoost run 10", "XGBoost"),
        ("random_forest-3", "random_forest"),
        ("SVM", "SVM"),
    ],
)
def test_a_type_of_model_is_a_name_rather_than_the_number_of_a_run(
    tmp_path: Path, name: str, kind: str
) -> None:
    path = changed(stores.database(tmp_path), f"UPDATE runs SET name = '{name}' WHERE run_uuid = 'r5'")  # noqa: S608 - our own names
    (model,) = plans(path)[-1].models
    assert (model.title, model.metadata["model_type"]) == (name, kind)


@pytest.mark.parametrize("program", [r"C:\\Users\\somebody\\src\\train.py", "/folder/of/somebody/train.py"])
def test_a_program_is_named_without_its_folders_on_every_system(tmp_path: Path, program: str) -> None:
    insert = f"INSERT INTO tags VALUES ('mlflow.source.name', '{program}', 'r5')"  # noqa: S608 - our own
    (model,) = plans(changed(stores.database(tmp_path), insert))[-1].models
    assert model.model_version["code_entrypoint"] == "train.py"
