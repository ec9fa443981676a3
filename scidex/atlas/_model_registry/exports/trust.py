"""How far a model is to be trusted, in words: a package that shows the stored score alone would launder it."""

from scidex.atlas._model_registry.exports.record import Record
from scidex.atlas._model_registry.pages.words.identities import was_capped


def trust_sentences(record: Record) -> list[str]:
    """Return the effective score with the stored one, the verdict on provenance, and what is missing for it."""
    model = record.model
    return [
        _score(record),
        _verdict(record),
        *([model["provenance_warning"]] if model["provenance_warning"] else []),
    ]


def _score(record: Record) -> str:
    model = record.model
    if model["quality_score"] is None:
        return "No quality score is registered."
    if was_capped(model):
        return f"Quality score {model['quality_score']} (stored as {model['quality_score_stored']}, capped)."
    return f"Quality score {model['quality_score']}, as given at registration."


def _verdict(record: Record) -> str:
    rules = [rule for rule in record.model["provenance"]["rules"] if rule["required"]]
    held = sum(rule["satisfied"] for rule in rules)
    verdict = "complete" if record.model["provenance_complete"] else "incomplete"
    return f"Provenance is {verdict}: {held} of {len(rules)} required rules hold."
