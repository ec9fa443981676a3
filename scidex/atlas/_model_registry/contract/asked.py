"""What a caller asks of the list, by the names of the contract -> one validated query."""

from collections.abc import Sequence

from typing_extensions import TypedDict, Unpack

from scidex.atlas._model_registry.contract.query import ModelQuery, Order, Provenance, metric_condition


class ListParameters(TypedDict, total=False):
    """The parameters of the list; what is absent has the default of the contract."""

    family: str | Sequence[str]
    dataset: str | Sequence[str]
    hypothesis: str | None
    analysis: str | None
    q: str | None
    latest: bool | None
    provenance: Provenance | None
    origin_type: str | None
    promotion_state: str | None
    metric: str | Sequence[str]
    sort: str
    order: Order | None
    limit: int
    offset: int
    cursor: str | None
    facets: bool


def model_query(**asked: Unpack[ListParameters]) -> ModelQuery:
    """Answer the query that the parameters mean; one value needs no list.

    Raises:
        InvalidQuery: a value cannot be used.

    """
    return ModelQuery(
        families=_several(asked.get("family", ())),
        datasets=_several(asked.get("dataset", ())),
        hypothesis=asked.get("hypothesis"),
        analysis=asked.get("analysis"),
        words=asked.get("q"),
        latest=asked.get("latest"),
        provenance=asked.get("provenance"),
        origin_type=asked.get("origin_type"),
        promotion_state=asked.get("promotion_state"),
        metrics=tuple(map(metric_condition, _several(asked.get("metric", ())))),
        sort=asked.get("sort", "quality_score"),
        order=asked.get("order"),
        limit=asked.get("limit", 20),
        offset=asked.get("offset", 0),
        cursor=asked.get("cursor"),
        facets=asked.get("facets", False),
    )


def _several(value: str | Sequence[str]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)
