"""BibTeX of a comparison: an entry for it, and one for each of its models."""

from collections.abc import Iterator

from scidex.atlas._model_registry.contract.answers import ModelEntry
from scidex.atlas._model_registry.exports.citation.bibtex import citation_key, tex
from scidex.atlas._model_registry.exports.citation.facts import PUBLISHER
from scidex.atlas._model_registry.exports.compared.record import ComparedModels
from scidex.atlas._model_registry.exports.plain_text import one_line
from scidex.atlas._model_registry.pages.words.addresses import model_address


def as_bibtex(compared: ComparedModels) -> bytes:
    """Return the entries; the digest in the first one shows whether the comparison is still the same."""
    models = compared.comparison["models"]
    titles = ", ".join(one_line(model["title"]) or one_line(model["id"]) for model in models)
    whole = {
        "title": f"{{{tex(f'Comparison of {titles}')}}}",
        "year": (compared.newest or "")[:4],
        "howpublished": tex(PUBLISHER),
        "url": compared.address,
        "note": tex(f"SHA-256 of the comparison as JSON: {compared.digest}"),
    }
    entries = [_entry(f"comparison-{compared.digest[:12]}", whole)]
    entries += [_entry(citation_key(model["id"]), dict(_model(compared, model))) for model in models]
    return "\n".join(entries).encode()


def _model(compared: ComparedModels, model: ModelEntry) -> Iterator[tuple[str, str]]:
    content_hash = compared.hashes[model["id"]]
    yield "title", f"{{{tex(one_line(model['title']) or one_line(model['id']))}}}"
    yield "year", (model["created_at"] or "")[:4]
    yield "version", str(model["version_number"])
    yield "howpublished", tex(f"{PUBLISHER}, version {model['version_number']}")
    yield "url", compared.base + model_address(model["id"])
    yield (
        "note",
        tex(
            one_line(
                f"Registry id {model['id']!r}. " + (f"Content hash {content_hash}." if content_hash else "")
            )
        ),
    )


def _entry(key: str, fields: dict[str, str]) -> str:
    lines = [f"  {name:<12} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@misc{{{key},", *lines, "}", ""])
