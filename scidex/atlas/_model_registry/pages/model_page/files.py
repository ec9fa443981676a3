"""The files and texts that a reader takes from the page of a model."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelFile:
    """The model in one format: its title, its content and its address.

    ``href`` is None where ``reason`` tells why the format cannot express this model.
    """

    title: str
    holds: str
    href: str | None
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """Texts to copy: the citation as a sentence and as BibTeX, and code for a shell, Python and R that fetches it."""

    citation: str
    bibtex: str
    curl: str
    python: str
    r: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenAway:
    """The formats, the texts to copy, and the JSON-LD in the page for search engines."""

    files: Sequence[ModelFile]
    use: Use
    json_ld: Markup


def embedded(json_text: str) -> Markup:
    """Return JSON as the content of a script element, which no character in it can end."""
    escaped = json_text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
    return Markup(escaped)  # noqa: S704  escaped as JSON, not as HTML
