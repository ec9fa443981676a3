"""The pages of the catalogue, each read in one snapshot and written as HTML."""

from collections.abc import Sequence
from datetime import UTC, datetime

from psycopg import Connection

from scidex.atlas._model_registry.comparison.measurements import declarations
from scidex.atlas._model_registry.contract.answers import Impact, MetricRow, ModelDetail, Standing
from scidex.atlas._model_registry.contract.checks import check_text
from scidex.atlas._model_registry.contract.query import ModelQuery
from scidex.atlas._model_registry.entries.models import version_entry
from scidex.atlas._model_registry.exports.catalogues.schema_org import as_schema_org
from scidex.atlas._model_registry.exports.formats import FORMATS, Format
from scidex.atlas._model_registry.exports.record import Record
from scidex.atlas._model_registry.exports.signposting import signposts
from scidex.atlas._model_registry.exports.use import use_of
from scidex.atlas._model_registry.pages import rendering
from scidex.atlas._model_registry.pages.home.page import FAULTS
from scidex.atlas._model_registry.pages.model_page.files import ModelFile, TakenAway, embedded
from scidex.atlas._model_registry.pages.model_page.offered import better_version, tells
from scidex.atlas._model_registry.pages.model_page.page import model_page as model_page_context
from scidex.atlas._model_registry.pages.words.addresses import file_address
from scidex.atlas._model_registry.pages.words.numbers import day
from scidex.atlas._model_registry.reads.artifact_section import FIGURE, figures_of
from scidex.atlas._model_registry.reads.comparisons import compared_metrics, comparison_with_evaluations
from scidex.atlas._model_registry.reads.details import detail_with_evaluations
from scidex.atlas._model_registry.reads.exports import public_address
from scidex.atlas._model_registry.reads.impact import bounded_impact
from scidex.atlas._model_registry.reads.lists import page_of_models
from scidex.atlas._model_registry.store import models

# Models that the home page shows of each list.
_FEW = 5
# A page of impact names this many models, and draws this many artifacts: as many as fit a sheet.
_MODELS_SHOWN, _MOST_DRAWN = 20, 60
# Edges that a page walks to what rests on an artifact: 0.7 s at 3.5 µs each. A million ends at the statement timeout.
_MOST_EDGES = 200_000


def compare_page(
    conn: Connection,
    ids: str | Sequence[str],
    baseline: str | None,
    *,
    only_differences: bool,
    setting: str = "",
    templates: rendering.Templates,
) -> str:
    """Return a comparison as a page. Raises what :func:`comparison_with_evaluations` raises."""
    check_text("setting", setting)
    comparison, evaluations = comparison_with_evaluations(conn, ids, baseline)
    histories = models.lineages(conn, [model["id"] for model in comparison["models"]])
    versions = {model_id: list(map(version_entry, members)) for model_id, members in histories.items()}
    return rendering.render_compare_page(
        templates,
        comparison,
        only_differences=only_differences,
        setting=setting,
        histories=versions,
        evaluations=evaluations,
    )


def model_page(conn: Connection, model_id: str, *, templates: rendering.Templates) -> str:
    """Return a model as a page. Raises what :func:`detail_with_evaluations` raises."""
    return signposted_model_page(conn, model_id, templates=templates)[0]


def signposted_model_page(
    conn: Connection, model_id: str, *, templates: rendering.Templates
) -> tuple[str, str]:
    """Return a model as a page, and the value of its ``Link`` header."""
    model, evaluations = detail_with_evaluations(conn, model_id)
    declared = declarations(model["metadata"], model["evaluation_metrics"])
    record = Record(model, [], public_address())
    figures = [
        link["artifact"]["id"]
        for link in model["links"]["incoming"]
        if link["artifact"].get("artifact_type") == FIGURE
    ]
    touched, at_least = _impact_shown(conn, model["id"], model["standing"])
    context = model_page_context(
        model,
        declared,
        evaluations,
        _taken(record),
        figures=figures_of(conn, figures),
        impact=touched,
        at_least=at_least,
        paired=_paired(conn, model),
        on=day(datetime.now(UTC).isoformat()),
    )
    return rendering.render_model_page(templates, context), signposts(record)


def _paired(conn: Connection, model: ModelDetail) -> Sequence[MetricRow]:
    """Compare the version that a lineage offers with one that reads better, beside the others where told."""
    found = better_version(model)
    if found is None:
        return ()
    rows = compared_metrics(conn, found.reporting)
    is_whole = len(found.reporting) == len(found.pair) or tells(found, rows)
    return rows if is_whole else compared_metrics(conn, found.pair)


def _taken(record: Record) -> TakenAway:
    files = [_file(record, name, one) for name, one in FORMATS.items() if one.is_offered()]
    return TakenAway(files=files, use=use_of(record), json_ld=embedded(as_schema_org(record).decode()))


def _file(record: Record, name: str, one: Format) -> ModelFile:
    reason = one.reason_against(record)
    href = None if reason else file_address(record.model["id"], name)
    return ModelFile(title=one.title, holds=one.holds, href=href, reason=reason)


def impact_section(
    conn: Connection, artifact_id: str, *, templates: rendering.Templates, content: str = ""
) -> str:
    """Return what rests on an artifact as a section of a page, after its standing where that is not sound.

    ``content`` is HTML that stands between the two.

    Raises what :func:`impact` raises.
    """
    touched, at_least = _impact_shown(conn, artifact_id)
    titles = _titles_of_steps(conn, touched["standing"])
    return rendering.render_impact(templates, touched, titles, content, at_least=at_least)


def _impact_shown(
    conn: Connection, artifact_id: str, standing: Standing | None = None
) -> tuple[Impact, int | None]:
    return bounded_impact(
        conn,
        artifact_id,
        limit=_MODELS_SHOWN,
        most_nodes=_MOST_DRAWN,
        most_edges=_MOST_EDGES,
        standing=standing,
    )


def _titles_of_steps(conn: Connection, standing: Standing | None) -> dict[str, str]:
    """Return the titles along the paths to the causes of a standing, by id."""
    causes = standing["because"] if standing else []
    ids = sorted({step for cause in causes for step in cause["path"][1:]})
    found = models.related_artifacts(conn, ids) if ids else []
    return {one["id"]: one["title"] for one in found if one["title"]}


def home_page(conn: Connection, *, templates: rendering.Templates) -> str:
    """Return the home page: what is registered, the newest models, and what needs mending."""
    newest = page_of_models(conn, ModelQuery(sort="created_at", limit=_FEW, facets=True))
    faulty = [
        page_of_models(conn, ModelQuery(filters=fault.filters, sort="created_at", limit=_FEW))
        for fault in FAULTS
    ]
    return rendering.render_home_page(templates, newest, faulty)


def catalogue_page(conn: Connection, query: ModelQuery, *, templates: rendering.Templates) -> str:
    """Return one page of the list, with filters and their counts, as a page; ``query`` asks for facets."""
    return rendering.render_catalogue_page(templates, page_of_models(conn, query), query)
