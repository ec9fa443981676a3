"""The Atom feed of the list, in hosts without such a route."""

from collections.abc import Callable
from contextlib import AbstractContextManager

from fastapi import FastAPI, Request
from psycopg import Connection
from starlette.responses import Response

from scidex.atlas._model_registry.contract.errors import InvalidQuery
from scidex.atlas._model_registry.contract.query import model_query
from scidex.atlas._model_registry.pages.words.addresses import FEED
from scidex.atlas._model_registry.reads.feed import feed
from scidex.atlas._model_registry.web.page_parameters import catalogue_parameters
from scidex.atlas._model_registry.web.yielding import YieldingRoute

_ATOM = "application/atom+xml; charset=utf-8"
_OF_A_PAGE = ("sort", "order", "limit", "offset")


def add_feed_route(app: FastAPI, listing: Callable[[], AbstractContextManager[Connection]]) -> None:
    """Add ``/models.atom``; a route of the host takes precedence, whenever it was added."""

    def models_feed(request: Request) -> Response:
        for name in _OF_A_PAGE:
            if name in request.query_params:
                raise InvalidQuery(
                    name, "", f"{name} does not go with a feed, which has the 50 newest models"
                )
        query = model_query(**catalogue_parameters(request.query_params))
        with listing() as conn:
            return Response(feed(conn, query), media_type=_ATOM)

    app.router.add_api_route(
        FEED, models_feed, methods=["GET"], include_in_schema=False, route_class_override=YieldingRoute
    )
