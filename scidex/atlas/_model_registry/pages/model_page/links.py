"""Artifacts that depend on a model, and others that it is linked to."""

from collections.abc import Sequence
from dataclasses import dataclass

from scidex.atlas._model_registry.contract.answers import LinkEntry
from scidex.atlas._model_registry.pages.drawing.graph import relation_words
from scidex.atlas._model_registry.pages.words.addresses import artifact_address
from scidex.atlas._model_registry.pages.words.numbers import day, number, setting_text
from scidex.atlas._model_registry.pages.words.wording import shortened, type_words, version_words

_TITLE_LIMIT = 120
_EVIDENCE_LIMIT = 140


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkLine:
    """One link; ``href`` is None where its other end does not exist."""

    relation: str
    title: str
    id: str
    type: str
    href: str | None
    strength: str | None
    evidence: str | None
    date: str | None


def link_lines(links: Sequence[LinkEntry]) -> list[LinkLine]:
    """Return the links of one direction."""
    return [_line(link) for link in links]


def _line(link: LinkEntry) -> LinkLine:
    end = link["artifact"]
    missing = end.get("missing", False)
    artifact_type = end.get("artifact_type")
    version = f", {version_words(end['version_number'])}" if "version_number" in end else ""
    return LinkLine(
        relation=shortened(relation_words(link["link_type"]), _TITLE_LIMIT),
        title=shortened(end.get("title") or end["id"], _TITLE_LIMIT),
        id=end["id"],
        type="not registered"
        if missing
        else f"{shortened(type_words(artifact_type), _TITLE_LIMIT)}{version}",
        href=None if missing else artifact_address(end["id"], artifact_type),
        strength=None if link["strength"] is None else number(link["strength"]),
        evidence=None
        if link["evidence"] is None
        else shortened(setting_text(link["evidence"]), _EVIDENCE_LIMIT),
        date=day(link["created_at"]) if link["created_at"] else None,
    )
