"""The words beside a model's version explained: latest, its tag, and why it was promoted or not."""

import re
from dataclasses import dataclass

from scidex.atlas._model_registry.contract.answers import ModelDetail
from scidex.atlas._model_registry.metrics.titles import display_name
from scidex.atlas._model_registry.pages.words.numbers import counted
from scidex.atlas._model_registry.pages.words.wording import shortened

_LIMIT = 200
_TAG_LIMIT = 80
# Where the glossary explains the states of promotion.
_TERMS = {
    "candidate": "candidate",
    "promoted": "promoted",
    "rejected": "promoted",
    "superseded": "promoted",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Explained:
    """A word and its meaning here."""

    word: str
    says: str
    term: str | None = None


def explained(model: ModelDetail) -> list[Explained]:
    """Return the words beside this model's version, explained."""
    found = [_latest(model)] if len(model["versions"]) > 1 else []
    if model["version_tag"]:
        tag = f"“{shortened(model['version_tag'], _TAG_LIMIT)}”"
        found.append(
            Explained(word=tag, says="a label given at registration; this catalogue did not measure it")
        )
    if model["promotion_state"]:
        state = model["promotion_state"]
        word = shortened(state, _TAG_LIMIT)
        found.append(Explained(word=word, term=_TERMS.get(state), says=_promotion(model)))
    return found


def _latest(model: ModelDetail) -> Explained:
    of = counted(len(model["versions"]), "version")
    if model["is_latest"]:
        return Explained(
            word="latest", term="latest", says=f"of its {of}, the one to use; it need not be the newest"
        )
    return Explained(word="not the latest", term="latest", says=f"another of its {of} is the one for use")


def _promotion(model: ModelDetail) -> str:
    version = model["model_version"]
    notes = version["promotion_notes"] if version else None
    if not notes:
        return "as registered; the reason is not recorded"
    names = "|".join(re.escape(name) for name in sorted(model["evaluation_metrics"], key=len, reverse=True))
    words = re.sub(rf"\b({names})\b", lambda found: display_name(found[0]), notes) if names else notes
    of = f" ({counted(len(model['versions']), 'version')})" if len(model["versions"]) > 1 else ""
    when = f" on {version['created_at'][:10]}" if version and version["created_at"] else ""
    return f"as noted{when}, not judged anew: {shortened(words, _LIMIT)}{of}"
