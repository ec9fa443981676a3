"""The smallest parts of two formulas that hold all their differences."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from scidex.atlas._model_registry.equations.expressions import (
    Call,
    Chain,
    Expression,
    Number,
    Power,
    Signed,
    is_product,
    is_sum,
    parts,
    without_brackets,
)
from scidex.atlas._model_registry.equations.judge import first_value
from scidex.atlas._model_registry.equations.written import written

Parts = list[Expression]


@dataclass(frozen=True, slots=True)
class Place:
    """A part of one formula, the part of another in its place, and what each has that the other lacks.

    Where either is a sum these are ``terms`` with their signs; ``shared`` tells whether the two have terms in common.
    """

    before: Expression
    after: Expression
    removed: Parts
    added: Parts
    terms: bool = False
    shared: bool = False


def differing_parts(before: Expression, after: Expression) -> Iterator[Place]:
    """Yield two formulas, then the only part of each in which they differ, as long as there is just one."""
    place = _place(before, after)
    yield place
    while (pair := _only_pair(place)) is not None:
        place = _place(*pair)
        yield place


def _place(before: Expression, after: Expression) -> Place:
    before, after = without_brackets(before), without_brackets(after)
    if is_sum(before) or is_sum(after):
        ours = _terms(before)
        removed, added = _left_over(ours, _terms(after))
        return Place(before, after, removed, added, terms=True, shared=len(removed) < len(ours))
    return Place(before, after, *_differing(before, after))


def _differing(before: Expression, after: Expression) -> tuple[Parts, Parts]:
    match before, after:
        case Chain(), Chain() if is_product(before) and is_product(after):
            return _left_over(_factors(before), _factors(after))
        case (Call(name), Call(other)) | (Signed(name), Signed(other)) if name == other:
            return _by_place(parts(before), parts(after))
        case Power(), Power():
            return _by_place(parts(before), parts(after))
        case _:
            return [], []


def _only_pair(place: Place) -> tuple[Expression, Expression] | None:
    """Return the only part of each that differs; None where there are more, or where only one divides by it."""
    if len(place.removed) != 1 or len(place.added) != 1:
        return None
    match place.removed[0], place.added[0]:
        case Chain(("/",), (Number("1", None), first)), Chain(("/",), (Number("1", None), second)):
            return first, second
        case (Chain(("/",), (Number("1", None), _)), _) | (_, Chain(("/",), (Number("1", None), _))):
            return None
        case pair:
            return pair


def _terms(expression: Expression) -> Parts:
    """Return the terms of a sum with their signs, with those of sums in brackets; anything else is one term."""
    return list(_signed_terms(expression, "+"))


def _signed_terms(expression: Expression, sign: str) -> Iterator[Expression]:
    match without_brackets(expression):
        case Chain(operators, operands) as inner if is_sum(inner):
            for own, operand in zip(("+", *operators), operands, strict=True):
                yield from _signed_terms(operand, "+" if own == sign else "-")
        case Signed("+" | "-" as own, operand):
            yield from _signed_terms(operand, "+" if own == sign else "-")
        case _:
            yield expression if sign == "+" else Signed("-", expression)


def _factors(product: Chain) -> Parts:
    divided = (
        Chain((sign,), (Number("1"), operand)) if sign == "/" else operand
        for sign, operand in product.steps()
    )
    return [product.operands[0], *divided]


def _left_over(before: Parts, after: Parts) -> tuple[Parts, Parts]:
    """Return both without their common parts, each removed as often as both have it."""
    ours, theirs = list(map(_key, before)), list(map(_key, after))
    common = Counter(ours) & Counter(theirs)
    return _without(common, before, ours), _without(common, after, theirs)


def _without(common: Counter[int | str], found: Parts, keys: list[int | str]) -> Parts:
    taken: Counter[int | str] = Counter()
    left: Parts = []
    for part, key in zip(found, keys, strict=True):
        taken[key] += 1
        if taken[key] > common[key]:
            left.append(part)
    return left


def _by_place(before: tuple[Expression, ...], after: tuple[Expression, ...]) -> tuple[Parts, Parts]:
    if len(before) != len(after):
        return [], []
    differing = [pair for pair in zip(before, after, strict=True) if _key(pair[0]) != _key(pair[1])]
    return [first for first, _ in differing], [second for _, second in differing]


def _key(part: Expression) -> int | str:
    value = first_value(part)
    return written(part) if value is None else value
