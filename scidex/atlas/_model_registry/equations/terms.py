"""Where two formulas differ, term by term."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from scidex.atlas._model_registry.equations.expressions import Call, Expression, Name, Signed, parts
from scidex.atlas._model_registry.equations.narrowing import Parts, differing_parts
from scidex.atlas._model_registry.equations.written import written

# Terms with at least this share of names in common are one term, changed.
_ALIKE = 0.5
# Pairing compares each removed term with each added one.
_MOST_PAIRED = 50

Pair = tuple[Expression, Expression]


@dataclass(frozen=True, slots=True)
class TermDifference:
    """Terms that one formula has and the other lacks; ``within`` is the part of the second that holds them."""

    within: str | None
    added: list[str]
    removed: list[str]
    changed: list[tuple[str, str]]


def term_difference(before: Expression, after: Expression) -> TermDifference:
    """Return how two formulas differ term by term, within the innermost sum that holds all differences."""
    whole, *inner = differing_parts(before, after)
    place = next((one for one in reversed(inner) if one.shared), whole)
    if not place.terms:
        return TermDifference(None, [], [], [(written(before), written(after))])
    changed = _alike(place.removed, place.added)
    return TermDifference(
        within=None if place is whole else written(place.after),
        added=[_signed(term) for term in place.added if all(term is not new for _, new in changed)],
        removed=[_signed(term) for term in place.removed if all(term is not old for old, _ in changed)],
        changed=[(_signed(old), _signed(new)) for old, new in changed],
    )


def _alike(removed: Parts, added: Parts) -> list[Pair]:
    """Return pairs of removed and added terms with most of their names in common, the most similar first."""
    if max(len(removed), len(added)) > _MOST_PAIRED:
        return []
    ours, theirs = [_names(term) for term in removed], [_names(term) for term in added]
    likeness = {(i, j): _likeness(one, other) for i, one in enumerate(ours) for j, other in enumerate(theirs)}
    pairs: list[tuple[int, int]] = []
    for i, j in sorted(likeness, key=likeness.__getitem__, reverse=True):
        if likeness[i, j] >= _ALIKE and all(i != k and j != m for k, m in pairs):
            pairs.append((i, j))
    return [(removed[i], added[j]) for i, j in sorted(pairs)]


def _likeness(ours: set[str], theirs: set[str]) -> float:
    return len(ours & theirs) / len(ours | theirs) if ours | theirs else 0.0


def _names(expression: Expression) -> set[str]:
    return set(_named(expression))


def _named(expression: Expression) -> Iterator[str]:
    pending: Sequence[Expression] = [expression]
    while pending:
        yield from (part.text for part in pending if isinstance(part, Name))
        yield from (part.name for part in pending if isinstance(part, Call))
        pending = [inner for part in pending for inner in parts(part)]


def _signed(term: Expression) -> str:
    match term:
        case Signed("-", inner):
            return f"- {written(inner)}"
        case _:
            return f"+ {written(term)}"
