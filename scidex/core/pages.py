"""The host's own pages: the home page, any artifact, and the reference of the interface."""

import os
from collections.abc import Callable
from typing import Any

from fastapi import APIRouter, HTTPException, Request
from markupsafe import Markup
from psycopg import Connection
from starlette.convertors import PathConvertor, register_url_convertor
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.templating import Jinja2Templates

from scidex.core.answered import answered, answered_texts
from scidex.core.artifacts import MODEL, artifact_address, find_artifact
from scidex.core.database import get_db_ro
from scidex.core.reference import reference

_SHOWN = 200


class _ArtifactId(PathConvertor):
    """Any characters, with line ends, which Starlette's ``path`` excludes."""

    regex = "(?s:.*)"


register_url_convertor("artifact_id", _ArtifactId())


def pages(
    templates: Jinja2Templates,
    openapi: Callable[[], dict[str, Any]],
    home_page: Callable[[], str],
    shown: Callable[[str, Connection], str],
) -> APIRouter:
    """Return the routes of the host's pages.

    ``openapi`` returns the document that ``/docs`` shows, ``home_page`` the page at ``/``, and ``shown`` the HTML of an
    artifact's content on its page.
    """
    router = APIRouter(include_in_schema=False)

    def home() -> Response:
        return HTMLResponse(home_page())

    def artifact_page(request: Request, artifact_id: str, id: str = "") -> Response:  # noqa: A002  as the query names it
        named = artifact_id or id
        with get_db_ro() as conn:
            artifact = find_artifact(conn, named)
            if artifact is None:
                raise HTTPException(404, f"no artifact has the id {named[:_SHOWN]!r}")
            if artifact.artifact_type == MODEL:
                return RedirectResponse(artifact_address(artifact.id, MODEL))
            context = {"artifact": artifact, "shown": Markup(shown(artifact.id, conn))}  # noqa: S704 -- HTML by contract
        return templates.TemplateResponse(request, "artifact.html", context)

    def reference_page(request: Request) -> Response:
        context = {
            "reference": reference(openapi()),
            "answered": answered(os.environ.get("SCIDEX_PUBLIC_URL")),
            "texts": answered_texts(os.environ.get("SCIDEX_PUBLIC_URL")),
        }
        return templates.TemplateResponse(request, "docs.html", context)

    router.add_api_route("/", home)
    router.add_api_route("/artifact/{artifact_id:artifact_id}", artifact_page)
    router.add_api_route("/docs", reference_page)
    return router
