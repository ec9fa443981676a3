"""How far to trust a model, in words: a package with the stored score alone would hide the verdict."""

from typing import Final

from scidex.atlas._model_registry.exports.plain_text import one_line
from scidex.atlas._model_registry.exports.record import Record
from scidex.atlas._model_registry.pages.words.identities import was_capped

# Causes in a sentence; the record names all.
_MOST_CAUSES: Final = 3


def trust_sentences(record: Record) -> list[str]:
    """Return the effective score with the stored one, the verdict on provenance, what is missing, and the standing."""
    model = record.model
    warning = model["provenance_warning"]
    return [_score(record), _verdict(record), *([warning] if warning else []), _standing(record)]


def _score(record: Record) -> str:
    model = record.model
    if model["quality_score"] is None:
        return "No quality score is registered."
    if was_capped(model):
        return f"Quality score {model['quality_score']} (stored as {model['quality_score_stored']}, capped)."
    return f"Quality score {model['quality_score']}, as given at registration."


def _verdict(record: Record) -> str:
    rules = [rule for rule in record.model["provenance"]["rules"] if rule["required"]]
    satisfied = sum(rule["satisfied"] for rule in rules)
    verdict = "complete" if record.model["provenance_complete"] else "incomplete"
    return f"Provenance is {verdict}: {satisfied} of {len(rules)} required rules hold."


def _standing(record: Record) -> str:
    standing = record.model["standing"]
    if not standing["because"]:
        return f"Standing: {standing['status']}."
    causes = [
        f"{one_line(one['title'] or one['artifact_id'])} is {one['state']}" for one in standing["because"]
    ]
    return f"Standing: {standing['status']}, because {'; '.join(causes[:_MOST_CAUSES])}."
