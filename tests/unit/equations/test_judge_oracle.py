"""The judge beside sympy: what sympy rewrites is equal, what it knows to be unequal is never called equal."""

from collections.abc import Callable
from typing import TypeAlias

import sympy
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from scidex.atlas._model_registry.equations.judge import judge_formulas

Rewriting: TypeAlias = Callable[[sympy.Expr], sympy.Expr]

SYMBOLS = sympy.symbols("k_1 k1 A Vmax Km x")

leaves = st.one_of(
    st.sampled_from(SYMBOLS),
    st.integers(1, 9).map(sympy.Integer),
    st.sampled_from([sympy.Rational(1, 10), sympy.Rational(3, 2)]),
)
rational = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.tuples(inner, inner).map(lambda pair: sympy.Add(*pair)),
        st.tuples(inner, inner).map(lambda pair: sympy.Mul(*pair)),
        st.tuples(inner, st.integers(-2, 3)).map(lambda pair: sympy.Pow(*pair)),
    ),
    max_leaves=8,
).filter(lambda expression: not expression.has(sympy.zoo, sympy.nan))
rewritings = st.sampled_from([sympy.expand, sympy.factor, sympy.together, sympy.cancel])
f = sympy.Function("f")


@settings(max_examples=40, deadline=None)
@given(rational, rewritings)
def test_what_sympy_rewrites_stays_equal(expression: sympy.Expr, rewrite: Rewriting) -> None:
    assert judge_formulas(str(expression), str(rewrite(expression))) == "equal as formulas"


@settings(max_examples=40, deadline=None)
@given(rational, rational, rational, rewritings)
def test_rewriting_around_and_within_a_function_stays_equal(
    outer: sympy.Expr, first: sympy.Expr, second: sympy.Expr, rewrite: Rewriting
) -> None:
    before = outer.subs(SYMBOLS[0], f(first)) + f(second)
    after = outer.subs(SYMBOLS[0], f(rewrite(first))) + f(rewrite(second))
    assume(not before.has(sympy.zoo, sympy.nan))
    assert judge_formulas(str(before), str(after)) == "equal as formulas"


@settings(max_examples=40, deadline=None)
@given(rational, rational)
def test_fractions_are_equal_exactly_where_sympy_says_so(first: sympy.Expr, second: sympy.Expr) -> None:
    said = judge_formulas(str(first), str(second)) == "equal as formulas"
    assert said == (sympy.cancel(sympy.together(first - second)) == 0)


@settings(max_examples=40, deadline=None)
@given(rational, rational.filter(lambda expression: sympy.cancel(sympy.together(expression)) != 0))
def test_a_function_of_something_else_is_not_said_to_be_equal(first: sympy.Expr, second: sympy.Expr) -> None:
    assert judge_formulas(f"f({first})", f"f({first} + {second})") == "not shown to be equal"
