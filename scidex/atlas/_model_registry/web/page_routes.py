"""The routes of pages; each calls one read. Literal paths come before those that take any id."""

from collections.abc import Callable, Iterator, Sequence
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse, Response
from starlette.templating import Jinja2Templates

from scidex.atlas._model_registry.contract.checks import is_storable
from scidex.atlas._model_registry.contract.errors import InvalidQuery, ModelNotFound, NotAModel, RegistryError
from scidex.atlas._model_registry.contract.query import has_words
from scidex.atlas._model_registry.pages import rendering
from scidex.atlas._model_registry.pages.error_page import WayOut
from scidex.atlas._model_registry.pages.words.addresses import (
    MODEL_LIST,
    artifact_address,
    compare_address,
    model_address,
)
from scidex.atlas._model_registry.pages.words.wording import type_words
from scidex.atlas._model_registry.reads import pages as reads
from scidex.atlas._model_registry.web import paper
from scidex.atlas._model_registry.web.connections import GetConnection
from scidex.atlas._model_registry.web.errors import STATUS, error_headers
from scidex.atlas._model_registry.web.ids import ANY_ID
from scidex.atlas._model_registry.web.page_parameters import (
    browsed_query,
    check_single,
    correction,
    without,
)
from scidex.atlas._model_registry.web.secured_route import SecuredRoute
from scidex.atlas._model_registry.web.strictness import compared_ids

# Searches for missing ids, and the characters of such an id.
_MOST_SEARCHED, _LONGEST_SEARCHED = 3, 200


def pages(templates: Jinja2Templates, reading: GetConnection, listing: GetConnection) -> APIRouter:
    """Return the routes that answer HTML, with the one of their style sheet."""
    router = APIRouter(prefix="/models", include_in_schema=False, route_class=SecuredRoute)
    _add_fixed(router, templates)
    router.add_api_route("", _catalogue_endpoint(templates, listing))
    router.add_api_route("/compare", _comparison_endpoint(templates, reading))
    router.add_api_route(f"/{{model_id:{ANY_ID}}}", _model_endpoint(templates, reading))
    return router


def _add_fixed(router: APIRouter, templates: Jinja2Templates) -> None:
    """Add the routes of what is the same in every registry."""

    def glossary_page() -> Response:
        return HTMLResponse(rendering.render_glossary_page(templates.env))

    def registering_page() -> Response:
        return HTMLResponse(rendering.render_registering_page(templates.env))

    async def stylesheet(request: Request) -> Response:  # async: a thread would take longer
        cached = {"Cache-Control": "public, max-age=31536000, immutable"}
        style = Response(rendering.stylesheet(templates.env), media_type="text/css", headers=cached)
        return paper.margins_or(style, request)

    router.add_api_route("/assets/registry.css", stylesheet)
    router.add_api_route("/glossary", glossary_page)
    router.add_api_route("/register", registering_page)


def _catalogue_endpoint(templates: Jinja2Templates, listing: GetConnection) -> Callable[..., Response]:
    def catalogue_page(request: Request) -> Response:
        try:
            query = browsed_query(request.query_params)
            with listing() as conn:
                page = reads.catalogue_page(conn, query, templates=templates.env)
        except InvalidQuery as refused:
            return _refused_list(templates, request, refused)
        return HTMLResponse(page)

    return catalogue_page


def _comparison_endpoint(templates: Jinja2Templates, reading: GetConnection) -> Callable[..., Response]:
    def compare_page(
        request: Request,
        baseline: str | None = None,
        differences: str | None = None,
        setting: str = "",
    ) -> Response:
        check_single(request.query_params, ("baseline", "differences", "setting"))
        with reading() as conn:
            page = reads.compare_page(
                conn,
                compared_ids(request),
                baseline,
                only_differences=differences == "only",
                setting=setting.strip(),
                templates=templates.env,
            )
        return HTMLResponse(page)

    return compare_page


def _model_endpoint(templates: Jinja2Templates, reading: GetConnection) -> Callable[..., Response]:
    def model_page(request: Request, model_id: str, id: str = "") -> Response:  # noqa: A002  as the query names it
        check_single(request.query_params, ("id",))
        with reading() as conn:
            page, links = reads.signposted_model_page(conn, model_id or id, templates=templates.env)
        return HTMLResponse(page, headers={"Link": links} if links else None)

    return model_page


def _refused_list(templates: Jinja2Templates, request: Request, error: InvalidQuery) -> Response:
    """Return the page that says which parameter cannot be used, with a link to the list without it."""
    rest = urlencode(without(request.query_params, error.parameter))
    address = f"{MODEL_LIST}?{rest}" if rest else MODEL_LIST
    back = [WayOut(words=f"The list without {error.parameter}", href=address)] if rest else []
    status = STATUS[InvalidQuery]
    page = rendering.render_error_page(
        templates.env,
        status=status,
        sentence=str(error),
        ways_out=back,
        correction=correction(request.query_params, error.parameter),
    )
    return HTMLResponse(page, status)


def error_page(templates: Jinja2Templates, error: RegistryError, compared: Sequence[str]) -> Response:
    """Return an error as a page, with the status of the error; ``compared`` are the ids of a comparison."""
    status = STATUS[type(error)]
    elsewhere = list(_elsewhere(error, compared)) if isinstance(error, ModelNotFound) else []
    page = rendering.render_error_page(templates.env, status=status, sentence=str(error), ways_out=elsewhere)
    return HTMLResponse(page, status, error_headers(error))


def _elsewhere(error: ModelNotFound, compared: Sequence[str]) -> Iterator[WayOut]:
    """Yield the page of what is no model, a search for models with an id like each missing one, and models found."""
    if isinstance(error, NotAModel):
        address = artifact_address(error.missing[0], error.artifact_type)
        yield WayOut(words=f"The page of this {type_words(error.artifact_type)}", href=address)
    else:
        for name in error.missing[:_MOST_SEARCHED]:
            if has_words(name) and len(name) <= _LONGEST_SEARCHED and is_storable(name):
                address = f"{MODEL_LIST}?{urlencode({'q': name})}"
                yield WayOut(words=f"Search for models with words of {name}", href=address)
    found = [one for one in compared if one.strip() and one.strip() not in error.missing]
    if len(set(found)) > 1:
        yield WayOut(
            words="The comparison of the others",
            href=compare_address(found, baseline=found[0], only_differences=False),
        )
    elif found:
        yield WayOut(words=f"The page of {found[0]}", href=model_address(found[0]))
