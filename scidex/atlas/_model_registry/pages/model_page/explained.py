"""The words beside a model's version explained: latest, its tag, and why it was promoted or not."""

import re
from dataclasses import dataclass

from scidex.atlas._model_registry.contract.answers import ModelDetail
from scidex.atlas._model_registry.metrics.kinds import badness, kind_of
from scidex.atlas._model_registry.metrics.names import parse
from scidex.atlas._model_registry.metrics.titles import display_name
from scidex.atlas._model_registry.pages.words.numbers import counted, digits_that_distinguish, number
from scidex.atlas._model_registry.pages.words.wording import shortened, version_words

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
    return f"as noted{when}, not judged anew: {shortened(words, _LIMIT)}{of}{_on_test(model, notes)}"


def _on_test(model: ModelDetail, notes: str) -> str:
    """Return how the version stands on test data, in the metric of validation data that the notes name; else empty."""
    named = [name for name in model["evaluation_metrics"] if re.search(rf"\b{re.escape(name)}\b", notes)]
    chosen = next((name for name in named if parse(name).split in {"val", "cv"}), None)
    base = parse(chosen).base if chosen else None
    test = next((name for name in model["evaluation_metrics"] if base and _is_test_of(name, base.name)), None)
    if test is None:
        return ""
    own, kind = model["evaluation_metrics"][test], kind_of(test)
    reporting = [one for one in model["versions"] if test in one["evaluation_metrics"]]
    best = min(reporting, key=lambda one: badness(kind, one["evaluation_metrics"][test]), default=None)
    top = best["evaluation_metrics"][test] if best else own
    digits = digits_that_distinguish([own, top])
    said = f"; its {display_name(test)} is {number(own, digits)}"
    if best is None or badness(kind, top) >= badness(kind, own):
        return said
    return f"{said}, where {version_words(best['version_number'])} reports {number(top, digits)}"


def _is_test_of(name: str, base: str) -> bool:
    read = parse(name)
    return read.split == "test" and read.base is not None and read.base.name == base
