"""The identity of a model besides its title: version, family, standing, size and date."""

from scidex.atlas._model_registry.contract.answers import ModelEntry
from scidex.atlas._model_registry.pages.words.numbers import counted, day
from scidex.atlas._model_registry.pages.words.wording import family_words, shortened, version_words

_TAG_LIMIT = 80
_USUAL_STATE = "active"


def identity_facts(model: ModelEntry) -> list[str]:
    """Return the facts in the order in which readers look for them; the usual lifecycle state is left out."""
    tag = f", tagged “{shortened(model['version_tag'], _TAG_LIMIT)}”" if model["version_tag"] else ""
    latest = "latest" if model["is_latest"] else "not the latest"
    states = dict.fromkeys((model["lifecycle_state"], model["promotion_state"]))
    facts = [
        f"{version_words(model['version_number'])}{tag}, {latest}",
        family_words(model["model_family"]),
        *(state for state in states if state and state != _USUAL_STATE),
    ]
    if model["parameter_count"] is not None:
        facts.append(counted(model["parameter_count"], "parameter"))
    if model["created_at"] is not None:
        facts.append(f"registered {day(model['created_at'])}")
    return facts


def was_capped(model: ModelEntry) -> bool:
    """Return whether the shown score is lower than the stored one."""
    return model["quality_score"] != model["quality_score_stored"]
