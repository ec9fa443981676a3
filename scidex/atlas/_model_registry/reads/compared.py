"""A comparison as a file; two more statements read lineages and content hashes."""

from collections.abc import Sequence

from psycopg import Connection

from scidex.atlas._model_registry.contract.answers.files import Exported
from scidex.atlas._model_registry.entries.models import version_entry
from scidex.atlas._model_registry.exports.citation.bibtex import as_bibtex
from scidex.atlas._model_registry.exports.compared.formats import COMPARISON_FORMATS, FileOptions
from scidex.atlas._model_registry.exports.compared.record import ComparedModels
from scidex.atlas._model_registry.exports.file_names import comparison_file_name
from scidex.atlas._model_registry.reads.comparisons import comparison_with_evaluations
from scidex.atlas._model_registry.reads.exports import public_address, record
from scidex.atlas._model_registry.store import models


def export_comparison(
    conn: Connection, ids: Sequence[str], baseline: str | None, name: str, asked: FileOptions
) -> Exported:
    """Return a comparison in one of ``COMPARISON_FORMATS``. Raises what :func:`comparison_with_evaluations` raises."""
    chosen = COMPARISON_FORMATS[name]
    comparison, evaluations = comparison_with_evaluations(conn, ids, baseline)
    found = [model["id"] for model in comparison["models"]]
    histories = models.lineages(conn, found)
    compared = ComparedModels(
        comparison=comparison,
        hashes={one["id"]: one["content_hash"] for one in models.related_artifacts(conn, found)},
        histories={model_id: list(map(version_entry, members)) for model_id, members in histories.items()},
        evaluations=evaluations,
        base=public_address(),
        citations=_citations(conn, found) if chosen.holds_citations else {},
    )
    named = comparison_file_name(compared.digest, chosen.file_name)
    return Exported(media_type=chosen.media_type, file_name=named, content=chosen.write(compared, asked))


def _citations(conn: Connection, ids: Sequence[str]) -> dict[str, str]:
    return {one: as_bibtex(record(conn, one, with_predictions=False)).decode() for one in ids}
