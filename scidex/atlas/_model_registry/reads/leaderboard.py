"""The leaderboard of a dataset: the metric it is sorted by heads each entry, with what predictions of it give."""

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

# Intervals are found while the list is read: of more models they would take seconds.
_MOST: Final = 20
_PREFIX: Final = "dataset-"


def ranked(conn: Connection, query: ModelQuery, page: Sequence[ListedModel]) -> list[ListedModel]:
    """Return a page as it is; on a leaderboard the first 20 models with the metric it is sorted by as their headline.

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
