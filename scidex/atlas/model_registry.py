"""The registry of models: list them, open one, compare several, export them, and show their pages.

Functions that read return what the JSON routes send. ``conn`` is a psycopg connection to read with; its transaction is
left alone. Without one, a connection is borrowed from the host's read pool. Each function raises
``RegistryUnavailable`` when the database cannot answer now.

Pages are whole HTML pages; sections contain their own style. ``templates`` finds ``model_registry/`` and the host's
``base.html``; by default those of this checkout.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from typing import TYPE_CHECKING

from jinja2 import Environment
from psycopg import Connection
from typing_extensions import Unpack

from scidex.atlas._model_registry.contract.answers import Comparison, Impact, ModelDetail, ModelList
from scidex.atlas._model_registry.contract.answers.files import Exported
from scidex.atlas._model_registry.contract.errors import (
    InvalidQuery,
    ModelNotFound,
    NotAModel,
    RegistryError,
    RegistryNotInstalled,
    RegistryUnavailable,
)
from scidex.atlas._model_registry.contract.query import ListParameters, model_query
from scidex.atlas._model_registry.evaluations import read_claims, read_sample_ids
from scidex.atlas._model_registry.reads import (
    artifact_section,
    comparisons,
    details,
    exports,
    impact,
    lists,
    pages,
)
from scidex.atlas._model_registry.reads.exports import MODEL_FORMATS
from scidex.atlas._model_registry.reads.headlines import find_headlines
from scidex.atlas._model_registry.reads.snapshot import registry_errors, snapshot
from scidex.atlas._model_registry.reads.upkeep import check, fold, keep_folded
from scidex.atlas._model_registry.records.card import doi_of, orcid_of
from scidex.atlas._model_registry.records.evaluations import Claims, EvaluationFault
from scidex.atlas._model_registry.records.spdx import spdx_of
from scidex.atlas._model_registry.store.building import build_side_by_side
from scidex.atlas._model_registry.store.folding import FoldingState, log_length, rebuild, vacuum
from scidex.atlas._model_registry.store.installation import index_host_tables, install
from scidex.atlas._model_registry.web.security_headers import SECURITY_HEADERS

if TYPE_CHECKING:
    from fastapi import FastAPI
    from starlette.templating import Jinja2Templates

__all__ = [
    "MODEL_FORMATS",
    "SECURITY_HEADERS",
    "Claims",
    "EvaluationFault",
    "Exported",
    "FoldingState",
    "InvalidQuery",
    "ModelNotFound",
    "NotAModel",
    "RegistryError",
    "RegistryNotInstalled",
    "RegistryUnavailable",
    "build_side_by_side",
    "check",
    "compare_models",
    "doi_of",
    "export_model",
    "find_headlines",
    "fold",
    "get_impact",
    "get_model_detail",
    "index_host_tables",
    "install",
    "keep_folded",
    "list_models",
    "orcid_of",
    "read_claims",
    "read_sample_ids",
    "rebuild",
    "register_routes",
    "render_artifact_section",
    "render_home",
    "render_impact",
    "render_model_compare_page",
    "render_model_page",
    "render_models_page",
    "spdx_of",
    "vacuum",
    "waiting_changes",
]


def list_models(*, conn: Connection | None = None, **asked: Unpack[ListParameters]) -> ModelList:
    """Return one page of models and the exact number that match.

    Several families or datasets mean any of them, several metric conditions (``"rmse<0.05"``) all of them.

    Raises:
        InvalidQuery: there is no such parameter, or a value cannot be used.

    """
    query = model_query(**asked)
    with _reading(conn) as reading:
        return lists.page_of_models(reading, query)


def get_model_detail(model_id: str, *, conn: Connection | None = None) -> ModelDetail:
    """Return everything known of one model version; its ``model-`` prefix may be left out.

    Raises:
        ModelNotFound: no artifact has the id, or (``NotAModel``) the one that has it is of another type.

    """
    with _reading(conn) as reading:
        return details.model_detail(reading, model_id)


def compare_models(
    ids: str | Sequence[str], *, baseline: str | None = None, conn: Connection | None = None
) -> Comparison:
    """Return 2 to 10 models compared with the first of them, or with ``baseline``.

    Raises:
        InvalidQuery: too few or too many distinct ids, or a baseline that is not one of them.
        ModelNotFound: one or more ids belong to no model; it names all of them.

    """
    with _reading(conn) as reading:
        return comparisons.compare_models(reading, ids, baseline)


def export_model(model_id: str, format: str, *, conn: Connection | None = None) -> Exported:  # noqa: A002  as the query names it
    """Return one model version as a file in one of ``MODEL_FORMATS``: its bytes, media type and name.

    Addresses in it begin with ``SCIDEX_PUBLIC_URL``.

    Raises:
        InvalidQuery: there is no such format, or it cannot express the model.
        ModelNotFound: no model has the id.

    """
    with _reading(conn) as reading:
        return exports.export(reading, model_id, format)


def render_model_compare_page(
    ids: str | Sequence[str],
    *,
    baseline: str | None = None,
    only_differences: bool = False,
    setting: str = "",
    templates: Environment | None = None,
    conn: Connection | None = None,
) -> str:
    """Return the comparison as a whole HTML page. Raises what :func:`compare_models` raises.

    ``only_differences`` leaves out what is equal in all models, ``setting`` all settings whose names lack its words.
    """
    with _reading(conn) as reading:
        return pages.compare_page(
            reading, ids, baseline, only_differences=only_differences, setting=setting, templates=templates
        )


def render_home(*, templates: Environment | None = None, conn: Connection | None = None) -> str:
    """Return the home page as a whole HTML page: search, counts, the newest models and what needs mending.

    No route of the registry serves it; the host chooses its address. ``templates`` is that of
    :func:`render_model_compare_page`.

    """
    with _reading(conn) as reading:
        return pages.home_page(reading, templates=templates)


def render_model_page(
    model_id: str, *, templates: Environment | None = None, conn: Connection | None = None
) -> str:
    """Return everything known of one model version as a page. Raises what :func:`get_model_detail` raises."""
    with _reading(conn) as reading:
        return pages.model_page(reading, model_id, templates=templates)


def render_artifact_section(
    artifact_id: str, *, templates: Environment | None = None, conn: Connection | None = None
) -> str:
    """Return the section of an evaluation, a figure or a dataset as HTML with its style; empty for other artifacts.

    It shows the pictures, metrics, model and dataset of an evaluation; the drawn chart data, or the SVG or PNG, of a
    figure; the samples of a dataset and the models evaluated on it.

    """
    with _reading(conn) as reading:
        return artifact_section.artifact_section(reading, artifact_id, templates=templates)


def render_impact(
    artifact_id: str,
    *,
    content: str = "",
    templates: Environment | None = None,
    conn: Connection | None = None,
) -> str:
    """Return what rests on an artifact as a section of a page, as HTML with its style.

    A standing that is not sound comes first. ``content`` is HTML of the same page that stands below it, so that nobody
    reads what :func:`render_artifact_section` shows of retracted data before the warning; it is not escaped.

    Raises:
        ArtifactNotFound: no artifact has exactly that id, and nothing rests on it.

    """
    with _reading(conn) as reading:
        return pages.impact_section(reading, artifact_id, templates=templates, content=content)


def get_impact(
    artifact_id: str, *, limit: int = 20, offset: int = 0, conn: Connection | None = None
) -> Impact:
    """Return what rests on an artifact of any type, registered or only named, with one page of the models.

    Raises what :func:`render_impact` raises.
    """
    with _reading(conn) as reading:
        return impact.impact(reading, artifact_id, limit=limit, offset=offset)


def render_models_page(
    *, templates: Environment | None = None, conn: Connection | None = None, **asked: Unpack[ListParameters]
) -> str:
    """Return one page of the list, with filters and their counts, as a whole HTML page.

    The parameters are those of :func:`list_models`, which also says what it raises.
    """
    asked["facets"] = True
    query = model_query(**asked)
    with _reading(conn) as reading:
        return pages.catalogue_page(reading, query, templates=templates)


def register_routes(
    app: "FastAPI",
    *,
    templates: "Jinja2Templates",
    get_connection: Callable[[], AbstractContextManager[Connection]],
) -> None:
    """Add the registry's routes to an application.

    ``get_connection`` lends a connection for reading; ``templates`` must find ``model_registry/`` and the host's
    ``base.html``.
    """
    # Imported here, so that callers of the functions above need no FastAPI.
    from scidex.atlas._model_registry.web import routes  # noqa: PLC0415

    routes.register(app, templates=templates, get_connection=get_connection)


def waiting_changes(*, conn: Connection | None = None) -> int:
    """Return how many changes wait to be folded."""
    with _reading(conn) as reading:
        return log_length(reading)


@contextmanager
def _reading(conn: Connection | None) -> Iterator[Connection]:
    with registry_errors(), _lent(conn) as reading, snapshot(reading):
        yield reading


@contextmanager
def _lent(conn: Connection | None) -> Iterator[Connection]:
    if conn is not None:
        yield conn
        return
    # Imported here: only this default knows the host.
    from scidex.core.database import get_db_ro  # noqa: PLC0415

    with get_db_ro() as borrowed:
        yield borrowed


# The embedded server of this checkout, opened from here, has the registry's objects in it. A host of another
# kind has no such server.
with suppress(ImportError):
    from scidex.core.database import prepare_embedded

    prepare_embedded(install)
