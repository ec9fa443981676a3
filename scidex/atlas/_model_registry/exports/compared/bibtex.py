"""BibTeX of a comparison: an entry for it, and for each of its models the entry of that model's own file."""

from scidex.atlas._model_registry.exports.citation.bibtex import tex
from scidex.atlas._model_registry.exports.citation.facts import PUBLISHER
from scidex.atlas._model_registry.exports.compared.record import ComparedModels
from scidex.atlas._model_registry.exports.plain_text import one_line


def as_bibtex(compared: ComparedModels) -> bytes:
    """Return the entries; the digest in the first one shows whether the comparison is still the same."""
    models = compared.comparison["models"]
    titles = ", ".join(one_line(model["title"]) or one_line(model["id"]) for model in models)
    fields = {
        "title": f"{{{tex(f'Comparison of {titles}')}}}",
        "year": (compared.newest or "")[:4],
        "publisher": tex(PUBLISHER),
        "howpublished": tex(PUBLISHER),
        "url": compared.address,
        "note": tex(f"SHA-256 of the comparison as JSON: {compared.digest}"),
    }
    lines = [f"  {name:<12} = {{{value}}}," for name, value in fields.items() if value]
    whole = "\n".join([f"@misc{{comparison-{compared.digest[:12]},", *lines, "}", ""])
    # The same key stands for the same entry, whichever file a bibliography has it from.
    return "\n".join([whole, *(compared.citations[model] for model in compared.ids)]).encode()
