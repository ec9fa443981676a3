"""Models are found by what they are and do, also without the word in their text (store/objects/kinds.sql)."""

from typing import Any

import psycopg
import pytest
from starlette.testclient import TestClient

from tests.registry import rows
from tests.registry.requests import ids

AREA = {"test_roc_auc": 0.9}
ERROR = {"test_rmse": 0.4}
MODELS: dict[str, tuple[str, dict[str, Any]]] = {
    "logistic": ("Impairment", {"model_type": "logistic_regression"}),
    "titled": ("Impairment, penalised logistic regression: lasso", {}),
    "forest-of-classes": ("A", {"model_type": "RandomForestClassifier"}),
    "forest-of-numbers": ("B", {"model_type": "random_forest", "evaluation_metrics": ERROR}),
    "forest-by-area": ("C", {"model_type": "random_forest", "evaluation_metrics": AREA}),
    "machine": ("D", {"model_type": "SVC"}),
    "perceptron": ("E", {"architecture": "mlp", "task_type": "binary_classification"}),
    "classes": ("F", {"model_type": "GaussianProcess", "classes": ["AD", "control"]}),
    "vision": ("google/vit-base-patch16-224", {"architecture": "ViTForImageClassification"}),
    "boosted": ("G", {"model_type": "XGBClassifier"}),
    "growth": ("Logistic growth of plaques", {"model_family": "biophysical", "evaluation_metrics": ERROR}),
    "kinetics": (
        "Kinetics: two compartments",
        {"model_family": "biophysical", "evaluation_metrics": {"auc": 3.0}},
    ),
}
FOUND = {
    "classifier": "logistic titled forest-of-classes forest-by-area machine perceptron classes vision boosted",
    "classification": "logistic titled forest-of-classes forest-by-area machine perceptron classes vision boosted",
    "random forest": "forest-of-classes forest-of-numbers forest-by-area",
    "random forest classifier": "forest-of-classes forest-by-area",
    "ensemble": "forest-of-classes forest-of-numbers forest-by-area boosted",
    "support vector machine": "machine",
    "SVM": "machine",
    "neural network": "perceptron vision",
    "transformer": "vision",
    "penalized regression": "titled",
    "gradient boosting": "boosted",
    "linear model": "logistic titled",
    "regressor": "forest-of-numbers",
    "pharmacokinetics": "kinetics",
}


@pytest.fixture
def _models(conn: psycopg.Connection) -> None:
    for name, (title, metadata) in MODELS.items():
        rows.model(conn, f"model-{name}", metadata, title=title)


@pytest.mark.usefixtures("_models")
@pytest.mark.parametrize("folded", [True, False])
def test_models_are_found_by_the_kinds_they_are_of(
    conn: psycopg.Connection, client: TestClient, folded: bool
) -> None:
    while folded and conn.execute("SELECT model_registry_fold(1000)").fetchone() != (0,):
        pass
    found = {words: set(ids(client, q=words)) for words in FOUND}
    assert found == {words: {f"model-{name}" for name in names.split()} for words, names in FOUND.items()}


@pytest.mark.usefixtures("_models")
def test_new_metrics_make_a_classifier_at_once(conn: psycopg.Connection, client: TestClient) -> None:
    assert "model-forest-of-numbers" not in ids(client, q="classifier")
    conn.execute("""
        UPDATE artifacts SET metadata = jsonb_set(metadata, '{evaluation_metrics}', '{"accuracy": 0.8}')
        WHERE id = 'model-forest-of-numbers'
    """)
    assert "model-forest-of-numbers" in ids(client, q="classifier")


def test_the_words_of_a_model_are_split_once_however_many_kinds_there_are(conn: psycopg.Connection) -> None:
    conn.execute("SET LOCAL track_functions = 'all'")
    conn.execute("""SELECT model_registry_kind_words('Forest', '{"model_type": "random_forest"}', '{}')""")
    ((times,),) = conn.execute(
        "SELECT calls FROM pg_stat_xact_user_functions WHERE funcname = 'model_registry_lexemes'"
    ).fetchall()
    assert times == 2  # of what the model says, and of what follows
