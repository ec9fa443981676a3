"""The JSON routes: they bound and parse the input, ask the reads, and choose JSON or a file."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Annotated

from fastapi import APIRouter, Depends, FastAPI, Query, Request
from psycopg import Connection
from starlette.responses import JSONResponse, Response
from starlette.templating import Jinja2Templates

from scidex.atlas._model_registry.contract.answers import Comparison, ModelDetail, ModelList
from scidex.atlas._model_registry.contract.errors import RegistryError
from scidex.atlas._model_registry.contract.query import model_query
from scidex.atlas._model_registry.exports.compared.formats import FileOptions
from scidex.atlas._model_registry.pages.words.addresses import FEED
from scidex.atlas._model_registry.reads import comparisons
from scidex.atlas._model_registry.reads.compared import export_comparison
from scidex.atlas._model_registry.reads.lane import Lane
from scidex.atlas._model_registry.reads.lists import page_of_models, table_of_models
from scidex.atlas._model_registry.reads.snapshot import registry_errors, snapshot
from scidex.atlas._model_registry.web import model_files, page_routes, parameters
from scidex.atlas._model_registry.web.artifact_routes import add_artifact_route
from scidex.atlas._model_registry.web.connections import GetConnection
from scidex.atlas._model_registry.web.errors import NOT_FOUND, UNAVAILABLE, UNUSABLE, Responses, error_answer
from scidex.atlas._model_registry.web.feed_route import add_feed_route
from scidex.atlas._model_registry.web.files import AS_TABLE, CSV, file_of_lines
from scidex.atlas._model_registry.web.ids import ANY_ID
from scidex.atlas._model_registry.web.key_route import add_key_route
from scidex.atlas._model_registry.web.secured_route import SecuredRoute, secured
from scidex.atlas._model_registry.web.strictness import check_format, compared_ids, declared_parameters

Endpoint = Callable[..., Response]

_API = "/api/models"
_FOR_PROGRAMS = "/api/"


def register(app: FastAPI, *, templates: Jinja2Templates, get_connection: GetConnection) -> None:
    """Add the registry's routes, and the answers to its errors, to an application."""

    @contextmanager
    def reading() -> Iterator[Connection]:
        with registry_errors(), get_connection() as conn, snapshot(conn):
            yield conn

    listing = Lane(reading)

    def answer_error(request: Request, error: Exception) -> Response:
        assert isinstance(error, RegistryError)  # noqa: S101  the application calls this for registry errors only
        if request.url.path.startswith(_FOR_PROGRAMS) or request.url.path.endswith(FEED):
            return secured(error_answer(error))
        return secured(page_routes.error_page(templates, error, compared_ids(request)))

    app.add_exception_handler(RegistryError, answer_error)
    app.include_router(_json_routes(reading, listing, templates))
    app.include_router(page_routes.pages(templates, reading, listing))
    add_artifact_route(app, reading)
    add_feed_route(app, listing)
    add_key_route(app)


def _json_routes(reading: GetConnection, listing: GetConnection, templates: Jinja2Templates) -> APIRouter:
    router = APIRouter(prefix=_API, tags=["models"], route_class=SecuredRoute)
    _add(router, "", _list_endpoint(listing), answer=ModelList, others=AS_TABLE | UNAVAILABLE)
    # Registered before the route of one model, which takes any path.
    _add(
        router,
        "/compare",
        _comparison_endpoint(reading, templates),
        answer=Comparison,
        others=model_files.COMPARISONS | NOT_FOUND | UNAVAILABLE,
    )
    _add(
        router,
        f"/{{model_id:{ANY_ID}}}",
        _detail_endpoint(reading),
        answer=ModelDetail,
        others=model_files.DESCRIBED | NOT_FOUND | UNAVAILABLE,
    )
    return router


def _list_endpoint(listing: GetConnection) -> Endpoint:
    def list_models(asked: Annotated[parameters.ListQuery, Query()]) -> Response:
        """List models, filtered, sorted by effective quality score unless asked otherwise, page by page."""
        query = model_query(**asked.model_dump(exclude_unset=True, exclude={"format", "bom"}))
        check_format(asked.model_fields_set, asked.format, bom=asked.bom)
        with listing() as conn:
            if asked.format == "csv":
                lines = table_of_models(conn, query, bom=asked.bom)
                return file_of_lines(lines, name="models.csv", media_type=CSV)
            return JSONResponse(page_of_models(conn, query))

    return list_models


def _comparison_endpoint(reading: GetConnection, templates: Jinja2Templates) -> Endpoint:
    def compare_models(
        request: Request,
        *,
        ids: parameters.Ids = (),  # noqa: ARG001  read from the request, where commas can be told apart
        baseline: parameters.Baseline = None,
        format: parameters.FormatParameter = "json",  # noqa: A002  the contract's name
        bom: parameters.ByteOrderMark = False,
    ) -> Response:
        """Compare 2 to 10 models: metrics, configuration, training data, provenance."""
        check_format((), format, bom=bom)
        with reading() as conn:
            if format == "json":
                return JSONResponse(comparisons.compare_models(conn, compared_ids(request), baseline))
            asked = FileOptions(templates.env, bom=bom)
            return model_files.sent(export_comparison(conn, compared_ids(request), baseline, format, asked))

    return compare_models


def _detail_endpoint(reading: GetConnection) -> Endpoint:
    def get_model_detail(
        request: Request,
        model_id: parameters.ModelId,
        id: parameters.IdInQuery = "",  # noqa: A002  as the query names it
        format: parameters.ModelFormat = None,  # noqa: A002  the contract's name
    ) -> Response:
        """Open one model: its entry of the list with metadata, versions, links and provenance; or as a file."""
        with reading() as conn:
            return model_files.answer(conn, model_id or id, format or model_files.accepted(request))

    return get_model_detail


def _add(router: APIRouter, path: str, endpoint: Endpoint, *, answer: type, others: Responses) -> None:
    router.add_api_route(
        path,
        endpoint,
        methods=["GET"],
        # Generated clients take these names for their functions.
        operation_id=endpoint.__name__,
        summary=endpoint.__name__.replace("_", " ").capitalize(),
        response_model=answer,
        response_description=answer.__doc__ or "",
        responses=others | UNUSABLE,
        dependencies=[Depends(declared_parameters(endpoint))],
    )
