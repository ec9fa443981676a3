"""The leaderboard of a dataset: the headline of each entry is the metric of the sort, evaluated on that dataset."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from psycopg import Connection

from scidex.atlas._model_registry.comparison.measurements import declared_metrics
from scidex.atlas._model_registry.contract.query import ModelQuery
from scidex.atlas._model_registry.entries.headlines import found_headline
from scidex.atlas._model_registry.reads.comparisons import documents
from scidex.atlas._model_registry.reads.evaluations import evaluations_of
from scidex.atlas._model_registry.store.listing import ListedModel

# Intervals are found while the list is read; for more models that would take seconds.
_MOST: Final = 20
_PREFIX: Final = "dataset-"


def ranked(conn: Connection, query: ModelQuery, page: Sequence[ListedModel]) -> list[ListedModel]:
    """Return the models of a page; on a leaderboard the headline of the first 20 is the metric of the sort.

    Raises:
        ModelNotFound: a model was deleted meanwhile.

    """
    dataset, metric = query.filters.get("evaluated_on"), query.sort_metric
    if metric is None or not isinstance(dataset, str) or not page:
        return list(page)
    ids = {dataset, _PREFIX + dataset, dataset.removeprefix(_PREFIX)}
    board = page[:_MOST]
    read = documents(conn, [one.model.id for one in board])
    evaluated = evaluations_of(conn, read).evaluations
    found = []
    for one, document in zip(board, read, strict=True):
        model = replace(one.model, headline_metric=metric)
        of_dataset = [each for each in evaluated[model.id] if each.dataset_id in ids]
        headline = found_headline(model, of_dataset, declared_metrics(document))
        found.append(one._replace(model=model, found=headline))
    return [*found, *page[_MOST:]]
