"""The facts of a citation, whatever the format: who, what, which version, when, where."""

import re
from dataclasses import dataclass
from typing import Final

from scidex.atlas._model_registry.contract.answers.card import CardAuthor, CardLicence, CardPublication
from scidex.atlas._model_registry.exports.plain_text import one_line
from scidex.atlas._model_registry.exports.record import Record
from scidex.atlas._model_registry.records.card import OTHER

PUBLISHER: Final = "SciDEX model registry"

# What the command import writes as created_by: import and a format.
_IMPORTER: Final = re.compile(r"import [a-z0-9&_-]+")
_ONE_ID: Final = re.compile(r"[A-Za-z0-9.-]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """One version of a model as it is cited.

    ``agent`` is the person or program that registered it, cited where no author is known. ``date`` is the day of its
    registration, ``YYYY-MM-DD``. Unknown facts are None or empty, without a substitute. Tags are left out: they may
    move to another version.
    """

    id: str
    title: str
    version: str
    content_hash: str | None
    authors: tuple[CardAuthor, ...]
    agent: str | None
    licence: CardLicence | None
    publications: tuple[CardPublication, ...]
    date: str | None
    address: str

    @property
    def identity(self) -> str:
        """What tells this version from every other, in a sentence: id, day of registration, hash of the content."""
        registered = f", registered on {self.date}" if self.date else ""
        hashed = f", content hash {one_line(self.content_hash)}" if self.content_hash else ""
        return f"Registry id {self.id!r}{registered}{hashed}."

    @property
    def names(self) -> list[str]:
        """The cited names: the authors, else who registered it, unless that is an import of files; may be empty."""
        named = [one_line(author["name"]) for author in self.authors]
        agent = [self.agent] if self.agent and not _IMPORTER.fullmatch(self.agent) else []
        return [name for name in named if name] or agent

    @property
    def spdx(self) -> str | None:
        """The SPDX id of the licence; None where there is no licence, or it is an expression or other words."""
        found = self.licence["id"] if self.licence else ""
        return (
            found
            if _ONE_ID.fullmatch(found) and found != OTHER and not found.startswith("LicenseRef-")
            else None
        )

    @property
    def licence_words(self) -> str | None:
        """The licence as declared; None without one."""
        if self.licence is None:
            return None
        words = one_line(self.licence["text"] or "")
        return (words or self.licence["id"]) if self.licence["id"] == OTHER else self.licence["id"]

    @property
    def published_in(self) -> list[str]:
        """The publications on the model, one line for each."""
        return [
            one_line(", ".join(filter(None, (one["citation"], one["doi"] and f"doi:{one['doi']}"))))
            for one in self.publications
        ]


def citation(record: Record) -> Citation:
    """Return the facts of a record."""
    model = record.model
    return Citation(
        id=model["id"],
        title=one_line(model["title"]) or one_line(model["id"]) or "Untitled model",
        version=str(model["version_number"]),
        content_hash=model["content_hash"],
        authors=tuple(model["card"]["authors"]),
        agent=one_line(model["created_by"] or "") or None,
        licence=model["card"]["licence"],
        publications=tuple(model["card"]["publications"]),
        date=model["created_at"][:10] if model["created_at"] else None,
        address=record.address,
    )
