"""A page is the same whether the order is walked or the few models that match are looked up and sorted."""

import psycopg
import pytest

from scidex.atlas._model_registry.contract.query import ListParameters, model_query
from scidex.atlas._model_registry.store.listing import list_models
from scidex.atlas._model_registry.store.ordering import Order

_QUERIES: list[ListParameters] = [
    {"metric": ["roc_auc>=0.8"]},
    {"metric": ["roc_auc>=0.8", "log_loss<0.3"], "family": ["deep_learning"]},
    {"metric": ["roc_auc>=0.8"], "sort": "metric:log_loss", "provenance": "complete"},
    {"metric": ["roc_auc>=0.7", "roc_auc<0.9"], "sort": "metric:roc_auc", "latest": True},
    {"family": ["deep_learning"], "latest": True, "provenance": "incomplete"},
    {"dataset": ["dataset-001"], "family": ["statistical", "deep_learning"], "sort": "parameter_count"},
    {"standing": ["outdated"]},
    {"standing": ["outdated", "disputed"], "family": ["statistical"], "sort": "title"},
    {"standing": ["sound"], "latest": True},
    {"q": "kinetic", "sort": "title"},
    {"q": "model", "metric": ["roc_auc>=0.8"], "offset": 5},
]


@pytest.mark.parametrize("asked", _QUERIES, ids=str)
def test_few_and_many_are_listed_alike(generated_dsn: str, asked: ListParameters) -> None:
    query, order = model_query(**asked), Order(ascending=True)
    with psycopg.connect(generated_dsn) as conn:
        looked_up = list_models(conn, query, order, None, folded=0)
        walked = list_models(conn, query, order, None, folded=1_000_000)
    assert [entry.model.id for entry in walked.models] == [entry.model.id for entry in looked_up.models]
    assert walked.models
