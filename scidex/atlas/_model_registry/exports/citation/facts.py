"""What a citation of a model version says, before any format: who, what, which version, when, where."""

from dataclasses import dataclass
from typing import Final

from scidex.atlas._model_registry.exports.plain_text import one_line
from scidex.atlas._model_registry.exports.record import Record

PUBLISHER: Final = "SciDEX model registry"


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """One version of a model as it is cited.

    ``agent`` is the person or program that registered it, named where no author is known. ``date`` is that of its
    registration, ``YYYY-MM-DD``. What is not known is None or empty: nothing stands in for it.
    """

    id: str
    title: str
    version: str
    agent: str | None
    date: str | None
    address: str


def citation(record: Record) -> Citation:
    """Gather what is known."""
    model = record.model
    tag = one_line(model["version_tag"] or "")
    return Citation(
        id=model["id"],
        title=one_line(model["title"]) or one_line(model["id"]) or "Untitled model",
        version=f"{model['version_number']} ({tag})" if tag else str(model["version_number"]),
        agent=one_line(model["created_by"] or "") or None,
        date=model["created_at"][:10] if model["created_at"] else None,
        address=record.address,
    )
