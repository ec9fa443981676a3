"""Terms that pages use without explaining them, with their meaning here."""

from dataclasses import dataclass
from typing import Final, TypedDict


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A term and its meaning; ``anchor`` is its place on the page."""

    anchor: str
    word: str
    meaning: str


class GlossaryPageContext(TypedDict):
    """All that the template of the glossary reads."""

    title: str
    terms: list[Term]


_MEANINGS: Final = {
    "Quality": "A score from 0 to 1 that was given when the model was registered; some models have none. If the "
    "provenance is incomplete, at most 0.3 is shown, with the stored score beside it. Lists sort by the score shown.",
    "Provenance": "What a model was made from: training data, producing analysis, the inputs of that analysis "
    "with their versions, and a tested hypothesis if the model names one. It is complete if each of them is "
    "registered and pinned, that is, recorded with its exact version.",
    "Version": "Each version of a model is an artifact of its own, with a number that counts from 1 in its lineage.",
    "Lineage": "All versions of one model, from the first to the newest.",
    "Latest": "The version of a lineage that its owner marked for use; a lineage has at most one. A newer version "
    "that is still a candidate is not the latest.",
    "Candidate": "A version that is neither promoted nor rejected: it was not judged yet, or another version stays "
    "promoted, or it is not eligible while its provenance is incomplete. The reason stands on its page.",
    "Promoted": "A version that was judged and chosen for use. Rejected: judged and not chosen. Superseded: an "
    "earlier version than the promoted one, whether it was promoted once or not.",
    "Standing": "Whether everything that a model rests on is still valid: sound, outdated (something was replaced), "
    "disputed (something is challenged) or retracted (something was withdrawn). The page shows the path to it.",
    "Evidence": "The predictions behind a metric, one for each sample. Metrics are computed again from them, with "
    "confidence intervals, and comparisons say whether the data show a difference between two models.",
    "Not told apart": "The data do not show which of the models is better. This does not mean that they are equal: "
    "with more samples a difference might be found.",
    "Baseline": "The model that the others of a comparison are compared with: the first, unless another is chosen.",
    "Held-out data": "Samples that were not used for training. Scores on them say more about new data than scores "
    "on the training samples.",
    "Confidence interval": "The values of a metric that agree with the samples; with more samples it is narrower. "
    "Of 100 intervals of 95 %, about 95 hold the true value.",
}


def glossary_page() -> GlossaryPageContext:
    """Return the context of the glossary."""
    terms = [
        Term(anchor=word.lower().replace(" ", "-"), word=word, meaning=meaning)
        for word, meaning in _MEANINGS.items()
    ]
    return GlossaryPageContext(title="Glossary", terms=terms)
