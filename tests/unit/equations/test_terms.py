"""Where two formulas differ, term by term."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scidex.atlas._model_registry.equations.judge import equal
from scidex.atlas._model_registry.equations.reader import parse_formula
from scidex.atlas._model_registry.equations.terms import TermDifference, term_difference


def between(before: str, after: str) -> TermDifference:
    first, second = parse_formula(before), parse_formula(after)
    assert first is not None
    assert second is not None
    return term_difference(first, second)


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("-k10*C", "-k10*C - k12*C + k21*P", TermDifference(None, ["- k12 * C", "+ k21 * P"], [], [])),
        ("-C*k10 - k12*C", "-k10*C", TermDifference(None, [], ["- k12 * C"], [])),
        ("a + f(x)", "a + g*y", TermDifference(None, ["+ g * y"], ["+ f(x)"], [])),
        ("a - k*A", "a - 2*k*A", TermDifference(None, [], [], [("- k * A", "- 2 * k * A")])),
        ("k*A + b", "b - k*A", TermDifference(None, [], [], [("+ k * A", "- k * A")])),
        ("k1*A - (c - d)", "k1*A - c - 2*d", TermDifference(None, [], [], [("+ d", "- 2 * d")])),
        ("a + a", "a", TermDifference(None, [], ["+ a"], [])),
        ("k*A", "2*k*A", TermDifference(None, [], [], [("k * A", "2 * k * A")])),
        ("a*b", "c", TermDifference(None, [], [], [("a * b", "c")])),
        (
            "Vmax*S/(Km+S)",
            "Vmax*S/(Km + S + S**2*inv_Ki)",
            TermDifference("Km + S + S^2 * inv_Ki", ["+ S^2 * inv_Ki"], [], []),
        ),
        ("exp(-k*t)", "exp(-k*t - b)", TermDifference("-k * t - b", ["- b"], [], [])),
        ("(a + b)^2 + c", "(a + d)^2 + c", TermDifference("a + d", ["+ d"], ["+ b"], [])),
        ("a/b", "b/a", TermDifference(None, [], [], [("a / b", "b / a")])),
        ("1/a", "1/b", TermDifference(None, [], [], [("1 / a", "1 / b")])),
    ],
)
def test_a_change_is_told_by_its_terms(before: str, after: str, expected: TermDifference) -> None:
    assert between(before, after) == expected


terms = st.lists(
    st.sampled_from(["k*A", "k_1*A", "V*S/(K + S)", "exp(-t)", "2", "x^2"]), min_size=1, max_size=6
)


@given(terms, terms)
def test_what_is_added_less_what_is_removed_is_the_difference(first: list[str], second: list[str]) -> None:
    before, after = " - ".join(first), " + ".join(second)
    found = between(before, after)
    if found.within is not None:
        return
    new = [*found.added, *(term for _, term in found.changed)]
    old = [*found.removed, *(term for term, _ in found.changed)]
    told = f"({before}) + 0 {''.join(f'+ ({term})' for term in new)} {''.join(f'- ({term})' for term in old)}"
    assert equal(parse_formula(told), parse_formula(after))


@given(st.text(alphabet="xyk_12+-*/^<(),", max_size=30), st.text(alphabet="xyk_12+-*/^<(),", max_size=30))
def test_any_two_formulas_have_a_difference(first: str, second: str) -> None:
    before, after = parse_formula(first), parse_formula(second)
    if before is not None and after is not None:
        found = term_difference(before, after)
        assert found.changed or found.added or found.removed or equal(before, after)
