"""Any artifact as JSON, in hosts without such a route."""

from collections.abc import Callable
from typing import Annotated, Final

from fastapi import Depends, FastAPI, Path, Request
from starlette.responses import JSONResponse, Response

from scidex.atlas._model_registry.contract.answers import ArtifactDetail, Impact
from scidex.atlas._model_registry.exports.file_names import stem
from scidex.atlas._model_registry.reads.artifacts import artifact_detail
from scidex.atlas._model_registry.reads.impact import impact, table_of_impact
from scidex.atlas._model_registry.web import parameters
from scidex.atlas._model_registry.web.connections import GetConnection
from scidex.atlas._model_registry.web.errors import ARTIFACT_NOT_FOUND, UNAVAILABLE, UNUSABLE, Responses
from scidex.atlas._model_registry.web.files import AS_TABLE, CSV, file_of_lines
from scidex.atlas._model_registry.web.ids import ANY_ID
from scidex.atlas._model_registry.web.parameters import IdInQuery
from scidex.atlas._model_registry.web.strictness import check_format, check_rows, declared_parameters
from scidex.atlas._model_registry.web.yielding import YieldingRoute

_API: Final = "/api/artifacts"

ArtifactId = Annotated[
    str,
    Path(
        description="Id of an artifact of any type, whole and percent-encoded. An id that no path can hold is asked as "
        "`/api/artifacts/?id=..`.",
        examples=["dataset-ad-train", "analysis-ad-logistic"],
    ),
]


def add_artifact_route(app: FastAPI, reading: GetConnection) -> None:
    """Add ``/api/artifacts/{id}`` and its impact; a route of the host takes precedence, whenever it was added."""

    def get_artifact(
        artifact_id: ArtifactId,
        id: IdInQuery = "",  # noqa: A002  as the query names it
    ) -> Response:
        """Open an artifact of any type: what is registered of it, with its links."""
        with reading() as conn:
            return JSONResponse(artifact_detail(conn, artifact_id or id))

    def get_impact(
        request: Request,
        artifact_id: ArtifactId,
        *,
        id: IdInQuery = "",  # noqa: A002  as the query names it
        limit: parameters.Limit = 20,
        offset: parameters.Offset = 0,
        format: parameters.TableFormat = "json",  # noqa: A002  the contract's name
        of: parameters.RowsOf = "models",
        bom: parameters.ByteOrderMark = False,
    ) -> Response:
        """Return what rests on an artifact, registered or only named: the models, and the number of others."""
        check_format(set(request.query_params), format, bom=bom)
        check_rows(of, format)
        named = artifact_id or id
        with reading() as conn:
            if format == "csv":
                lines = table_of_impact(conn, named, every_type=of == "all", bom=bom)
                return file_of_lines(lines, name=f"impact-of-{stem(named)}.csv", media_type=CSV)
            return JSONResponse(impact(conn, named, limit=limit, offset=offset))

    # Before the route of one artifact, which takes any path.
    _add(app, "/impact", get_impact, answer=Impact, others=AS_TABLE | ARTIFACT_NOT_FOUND)
    _add(app, "", get_artifact, answer=ArtifactDetail, others=ARTIFACT_NOT_FOUND)


def _add(
    app: FastAPI, after: str, endpoint: Callable[..., Response], *, answer: type, others: Responses
) -> None:
    app.router.add_api_route(
        f"{_API}/{{artifact_id:{ANY_ID}}}{after}",
        endpoint,
        methods=["GET"],
        tags=["artifacts"],
        operation_id=endpoint.__name__,
        summary=endpoint.__name__.replace("_", " ").capitalize(),
        response_model=answer,
        response_description=answer.__doc__ or "",
        responses=others | UNAVAILABLE | UNUSABLE,
        dependencies=[Depends(declared_parameters(endpoint))],
        route_class_override=YieldingRoute,
    )
