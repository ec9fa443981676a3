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
    "Quality": "A score from 0 to 1 that whoever registered the model gave it, or none. Without complete "
    "provenance it is shown as 0.3 at most, with the stored score beside it; lists sort by the score shown.",
    "Provenance": "What a model was made from: training data, producing analysis, the inputs of that analysis "
    "with their versions, and a tested hypothesis where it claims one. It is complete where each of them is "
    "registered and pinned.",
    "Version": "Each version of a model is an artifact of its own, with a number that counts from 1 in its lineage.",
    "Latest": "The version of its lineage that its owner put forward; a lineage has at most one. A newer version "
    "that is still a candidate is not the latest.",
    "Candidate": "A version that was trained and has not been judged: nobody promoted or rejected it yet.",
    "Promoted": "A version that was judged and put forward. Rejected: judged and not put forward. Superseded: put "
    "forward once, and replaced by a later one.",
    "Standing": "Whether everything a model rests on still holds: sound, outdated (something was replaced), "
    "disputed (something is challenged) or retracted (something was withdrawn), with the path that leads there.",
    "Evidence": "The predictions behind a metric, row by row. From them metrics are computed again, with "
    "intervals, and comparisons say whether the data can tell two models apart.",
    "Baseline": "The model that the others of a comparison are compared with: the first, unless another is chosen.",
    "Held-out data": "Samples that took no part in training. What a model scores on them says more than what it "
    "scores on those that it was trained on.",
    "Confidence interval": "The range in which the true value of a metric is expected, as far as so many samples "
    "can tell.",
}


def glossary_page() -> GlossaryPageContext:
    """Return the context of the glossary."""
    terms = [
        Term(anchor=word.lower().replace(" ", "-"), word=word, meaning=meaning)
        for word, meaning in _MEANINGS.items()
    ]
    return GlossaryPageContext(title="Glossary", terms=terms)
