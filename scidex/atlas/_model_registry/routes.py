"""HTTP: bounds and parses the input, calls the face, chooses JSON or file. Decides nothing else."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, FastAPI, Query, Request
from psycopg import Connection
from starlette.responses import JSONResponse, Response
from starlette.templating import Jinja2Templates

from scidex.atlas import model_registry
from scidex.atlas._model_registry import filters, page_routes
from scidex.atlas._model_registry.answers import Comparison, ModelDetail, ModelList
from scidex.atlas._model_registry.comparison.export import as_csv, as_markdown
from scidex.atlas._model_registry.error_answers import NOT_FOUND, UNAVAILABLE
from scidex.atlas._model_registry.errors import RegistryError
from scidex.atlas._model_registry.http_errors import error_answer
from scidex.atlas._model_registry.request_parameters import compared_ids, declared_parameters
from scidex.atlas._model_registry.store.transaction import registry_errors

GetConnection = Callable[[], AbstractContextManager[Connection]]
Endpoint = Callable[..., Response]
Errors = dict[int | str, dict[str, Any]]

_API = "/api/models"
_FILES = {"csv": (as_csv, "text/csv; charset=utf-8"), "md": (as_markdown, "text/markdown; charset=utf-8")}


def register(app: FastAPI, *, templates: Jinja2Templates, get_connection: GetConnection) -> None:
    """Add the registry's routes and its errors' answers to an application."""

    @contextmanager
    def reading() -> Iterator[Connection]:
        with registry_errors(), get_connection() as conn:
            yield conn

    def answer_error(request: Request, error: Exception) -> Response:
        assert isinstance(error, RegistryError)  # noqa: S101  the application calls this for no other
        if request.url.path.startswith(_API):
            return error_answer(error)
        return page_routes.error_page(templates, error)

    app.add_exception_handler(RegistryError, answer_error)
    app.include_router(_json_routes(reading))
    app.include_router(page_routes.pages(templates, reading))


def _json_routes(reading: GetConnection) -> APIRouter:
    router = APIRouter(prefix=_API, tags=["models"])

    def list_models(
        *,
        family: Annotated[
            list[filters.Family], Query(default_factory=list, description="any of these families")
        ],
        dataset: Annotated[
            list[str], Query(default_factory=list, description="trained on any of these datasets")
        ],
        hypothesis: Annotated[str | None, Query(description="tests this hypothesis")] = None,
        analysis: Annotated[str | None, Query(description="produced by this analysis")] = None,
        q: Annotated[
            str | None, Query(max_length=filters.LONGEST_SEARCH, description="words to search for")
        ] = None,
        latest: Annotated[
            bool | None, Query(description="only the latest version of a lineage, or only others")
        ] = None,
        provenance: Annotated[
            filters.Provenance | None, Query(description="traceable models, or the others")
        ] = None,
        origin_type: Annotated[str | None, Query(description="built here or taken over")] = None,
        promotion_state: Annotated[str | None, Query(description="how far promoted")] = None,
        metric: Annotated[list[str], Query(default_factory=list, description="conditions that all hold")],
        sort: Annotated[
            str, Query(description=f"{', '.join(filters.SORTS)} or metric:NAME")
        ] = "quality_score",
        order: Annotated[
            filters.Order | None, Query(description="by default best, newest or A first")
        ] = None,
        limit: Annotated[int, Query(ge=1, le=filters.MOST_MODELS)] = 20,
        offset: Annotated[int, Query(ge=0, le=filters.LARGEST_OFFSET)] = 0,
        cursor: Annotated[str | None, Query(description="next_cursor of an earlier answer")] = None,
        facets: Annotated[bool, Query(description="count the values of each facet too")] = False,
    ) -> Response:
        """List models by effective quality score, filtered, sorted and counted."""
        with reading() as conn:
            answer = model_registry.list_models(
                family=family,
                dataset=dataset,
                hypothesis=hypothesis,
                analysis=analysis,
                q=q,
                latest=latest,
                provenance=provenance,
                origin_type=origin_type,
                promotion_state=promotion_state,
                metric=metric,
                sort=sort,
                order=order,
                limit=limit,
                offset=offset,
                cursor=cursor,
                facets=facets,
                conn=conn,
            )
        return JSONResponse(answer)

    def compare_models(
        request: Request,
        *,
        ids: Annotated[  # noqa: ARG001  read from the request, where commas can be told apart
            list[str], Query(default_factory=list, description="2 to 10 ids, by commas or repetition")
        ],
        baseline: Annotated[str | None, Query(description="one of ids; by default the first")] = None,
        format: Annotated[Literal["json", "csv", "md"], Query()] = "json",  # noqa: A002  the contract's name
    ) -> Response:
        """Compare models: metrics, configuration, training data, provenance."""
        with reading() as conn:
            answer = model_registry.compare_models(compared_ids(request), baseline=baseline, conn=conn)
        if format == "json":
            return JSONResponse(answer)
        write, media_type = _FILES[format]
        name = f'attachment; filename="comparison.{format}"'
        return Response(write(answer), media_type=media_type, headers={"Content-Disposition": name})

    def get_model_detail(model_id: str) -> Response:
        """Open one model: metadata, versions, links, provenance."""
        with reading() as conn:
            return JSONResponse(model_registry.get_model_detail(model_id, conn=conn))

    _add(router, "", list_models, response_model=ModelList, errors=UNAVAILABLE)
    # Before the route of one model, which takes any path.
    _add(router, "/compare", compare_models, response_model=Comparison, errors=NOT_FOUND | UNAVAILABLE)
    _add(
        router,
        "/{model_id:path}",
        get_model_detail,
        response_model=ModelDetail,
        errors=NOT_FOUND | UNAVAILABLE,
    )
    return router


def _add(router: APIRouter, path: str, endpoint: Endpoint, *, response_model: object, errors: Errors) -> None:
    router.add_api_route(
        path,
        endpoint,
        methods=["GET"],
        response_model=response_model,
        responses=errors,
        dependencies=[Depends(declared_parameters(endpoint))],
    )
