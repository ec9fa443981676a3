"""The host's application: lifespan, templates, error answers. One call registers the model registry."""

import logging
import os
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from http import HTTPStatus
from pathlib import Path

from fastapi import FastAPI, Request
from psycopg import Connection, OperationalError
from starlette.exceptions import HTTPException
from starlette.middleware.cors import CORSMiddleware
from starlette.responses import JSONResponse, Response
from starlette.templating import Jinja2Templates

from scidex.atlas.model_registry import (
    SECURITY_HEADERS,
    FoldingState,
    RegistryNotInstalled,
    RegistryUnavailable,
    keep_folded,
    list_models,
    register_routes,
    render_artifact_section,
    render_home,
    render_impact,
    waiting_changes,
)
from scidex.core import pages
from scidex.core.compression import Compression
from scidex.core.database import close_database, get_db, get_db_ro, open_database
from scidex.core.head_requests import HeadRequests
from scidex.core.health import UNHEALTHY, Health, Status
from scidex.core.logs import json_lines
from scidex.core.refusals import Refusals
from scidex.core.request_id import RequestId
from scidex.core.request_log import RequestLog
from scidex.core.schema import missing_tables
from scidex.core.security_headers import SecurityHeaders
from scidex.core.settings import origins, root_path
from scidex.core.signals import terminate
from scidex.core.trailing_slash import TrailingSlash
from scidex.core.turns import Turns, have_a_thread_for_each_turn
from scidex.core.under_path import UnderPath

_LOG = logging.getLogger("scidex.health")
_HERE = Path(__file__).resolve().parent
_HEALTH = "/health"
# Beyond so many changes lists wait for folding, and a probe that judged them would slow it down.
_MOST_JUDGED = 20_000
_RETRY = {"Retry-After": "2"}
_FOR_PROGRAMS = ("/api/", "/health/", "/openapi.json/")
# Folding in progress may end when the server is told to stop; the rest is folded after the next start.
_FOLDING_SECONDS = 3.0

templates = Jinja2Templates(directory=_HERE / "templates")


class _Folding:
    """The state of folding in this process."""

    state: FoldingState = "ok"

    @classmethod
    def tell(cls, state: FoldingState) -> None:
        """Keep the state."""
        cls.state = state


@asynccontextmanager
async def _lifespan(_: FastAPI) -> AsyncIterator[None]:
    server = open_database().server
    if server is not None:
        server.keep(terminate)
    have_a_thread_for_each_turn()
    stop = threading.Event()
    folding = threading.Thread(
        target=keep_folded, args=(get_db, stop, _Folding.tell), name="folding", daemon=True
    )
    with json_lines():
        folding.start()
        yield
        stop.set()
        folding.join(_FOLDING_SECONDS)
        close_database()


app = FastAPI(
    title="SciDEX model registry",
    summary="Models discoverable, comparable and traceable to the data and the analysis that produced them",
    version="0.1.0",
    lifespan=_lifespan,
    docs_url=None,
    redoc_url=None,
    redirect_slashes=False,  # it would lead to whatever host the request names
)


@app.get(
    _HEALTH,
    tags=["health"],
    operation_id="health",
    summary="Ask for health",
    response_model=Health,
    response_description="Lists can be had.",
    responses={503: {"model": Health, "description": "Lists cannot be had now.", **UNHEALTHY}},
)
def health() -> JSONResponse:
    """Return whether lists are available, the figures of both pools, and the state and backlog of folding."""
    try:
        with get_db_ro() as conn:
            waiting = _list_and_count_waiting(conn)
    except RegistryNotInstalled:
        return _unhealthy("registry not installed")
    except (RegistryUnavailable, OperationalError):
        return _unhealthy("database unavailable")
    except Exception as failure:  # any failure of lists, such as lost rights or another release's columns
        _LOG.error("lists fail", exc_info=failure)
        return _unhealthy("lists fail")
    figures = open_database().figures()
    folding = "behind" if waiting > _MOST_JUDGED and _Folding.state == "ok" else _Folding.state
    return JSONResponse({"status": "ok", "pools": figures, "waiting_changes": waiting, "folding": folding})


def _list_and_count_waiting(conn: Connection) -> int:
    """Return how many changes wait to be folded; unless they are many, read a list of one model first."""
    if missing := missing_tables(conn):
        raise RegistryNotInstalled(", ".join(missing))
    if (waiting := waiting_changes(conn=conn)) <= _MOST_JUDGED:
        list_models(limit=1, conn=conn)
    return waiting


def _unhealthy(status: Status) -> JSONResponse:
    return JSONResponse({"status": status, "pools": open_database().figures()}, 503, _RETRY)


@app.get("/assets/host.css", include_in_schema=False)
def stylesheet() -> Response:
    """Return the style sheet of the host's frame."""
    return Response(templates.env.get_template("host.css").render(), media_type="text/css")


@app.exception_handler(HTTPException)
def answer_http_error(request: Request, error: HTTPException) -> Response:
    """Answer refusals of the framework, such as an unknown address or a method that is not allowed."""
    return _error(request, error.status_code, str(error.detail), dict(error.headers or {}))


@app.exception_handler(OperationalError)
def answer_database_error(request: Request, _: Exception) -> Response:
    """Answer when the database is unreachable, out of connections or too slow."""
    return _error(request, 503, "the database cannot answer now; try again in a few seconds", _RETRY)


def answer_late(request: Request) -> Response:
    """Answer a request whose turn did not come in time."""
    if request.url.path == _HEALTH:
        return _unhealthy("database unavailable")
    return _error(request, 503, "too many requests are worked on here; try again in a few seconds", _RETRY)


def answer_failure(request: Request) -> Response:
    """Answer an unexpected failure, without its details."""
    return _error(request, 500, "something went wrong here; the request's id helps to find out what", {})


def answer_refusal(request: Request, status: int, sentence: str) -> Response:
    """Answer bytes that the server could not read as a request."""
    return _error(request, status, sentence, {})


def _shown(artifact_id: str, conn: Connection) -> str:
    """Return the section of an artifact's content and of what rests on it; empty without the registry."""
    try:
        content = render_artifact_section(artifact_id, templates=templates.env, conn=conn)
        return render_impact(artifact_id, content=content, templates=templates.env, conn=conn)
    except RegistryNotInstalled:
        return ""


def _error(request: Request, status: int, sentence: str, headers: dict[str, str]) -> Response:
    if (request.url.path + "/").startswith(_FOR_PROGRAMS):
        code = HTTPStatus(status).phrase.lower().replace(" ", "_")
        return JSONResponse({"detail": sentence, "code": code}, status, headers)
    context = {"status": status, "sentence": sentence}
    return templates.TemplateResponse(request, "error.html", context, status_code=status, headers=headers)


def _home_page() -> str:
    return render_home(templates=templates.env)


app.include_router(pages.pages(templates, app.openapi, _home_page, _shown))
register_routes(app, templates=templates, get_connection=get_db_ro)
# The last is the outermost: all answers of the others, failures too, have its id, its headers and a line in the log.
app.add_middleware(TrailingSlash)
app.add_middleware(
    Turns,
    probe=_HEALTH,
    patience=lambda: open_database().settings.pool_timeout,
    answer_late=answer_late,
)
app.add_middleware(HeadRequests)
app.add_middleware(Refusals, answer=answer_refusal)
# For the host's routes too: the origins that may read are set once. Only reads, without credentials.
app.add_middleware(
    CORSMiddleware,
    allow_origins=origins(os.environ),
    allow_methods=("GET", "HEAD"),
    expose_headers=("X-Request-ID", "Retry-After", "Content-Disposition", "ETag", "Link"),
)
app.add_middleware(RequestLog, answer_failure=answer_failure)
# Outside of all that answers with a page, and inside of compression.
app.add_middleware(UnderPath, root=root_path(os.environ))
# The host compresses, not the registry, so that nothing is compressed twice. Compression discloses nothing, as
# no answer has a secret beside text of the request (BREACH).
app.add_middleware(Compression, minimum_size=1000, compresslevel=5)
app.add_middleware(SecurityHeaders, headers=SECURITY_HEADERS)
app.add_middleware(RequestId)
