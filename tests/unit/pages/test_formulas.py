"""Formulas as typed, read and typeset; whatever is none stays as it is."""
# ruff: noqa: RUF001 -- these are the signs that formulas are set with

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scidex.atlas._model_registry.pages.model_page.expressions import parse_formula
from scidex.atlas._model_registry.pages.model_page.typesetting import Mark, typeset


def written(mark: Mark) -> str:
    """Write a mark in short: its tag, and its text or its parts."""
    inside = mark.text or " ".join(map(written, mark.children))
    return inside if mark.tag in {"mi", "mn", "mo"} else f"{mark.tag.removeprefix('m')}({inside})"


def shown(formula: str) -> str:
    """Typeset a formula and write it in short."""
    tree = parse_formula(formula)
    assert tree is not None
    return written(typeset(tree))


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("dA/dt = -k * A", "row(frac(row(d A) row(d t)) = row(− row(k ⋅ A)))"),
        ("dA_gut/dt", "frac(row(d sub(A gut)) row(d t))"),
        ("k_prod + k10", "row(sub(k prod) + sub(k 10))"),
        ("Vmax * S / (Km + S)", "frac(row(Vmax ⋅ S) row(Km + S))"),
        ("(CL / V) * A", "row(row(( frac(CL V) )) ⋅ A)"),
        ("x**2 - y^-1", "row(sup(x 2) − sup(y row(− 1)))"),
        ("sqrt(alpha) <= 1e-3", "row(sqrt(α) ≤ 1e-3)"),
        ("f(x, y) ~ g()", "row(row(f row(( row(x , y) ))) ~ row(g ( )))"),
        ("[A] * 2.5", "row(row([ A ]) ⋅ 2.5)"),
        ("a - b - c", "row(a − b − c)"),
        ("lambda_1", "sub(λ 1)"),
    ],
)
def test_formulas_are_set_as_they_are_meant(formula: str, expected: str) -> None:
    assert shown(formula) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a b",
        "logit P(y = 1) ~ x",
        "x +",
        "(x",
        "x)",
        "[x)",
        "f(",
        "2x",
        "<script>",
        "x $ y",
        "+" * 200 + "x",
        "(" * 60 + "x" + ")" * 60,
        "x" * 400,
    ],
)
def test_what_is_no_formula_is_left_alone(text: str) -> None:
    assert parse_formula(text) is None


def test_a_long_sum_is_one_row_and_not_a_hundred_in_each_other() -> None:
    tree = parse_formula("+".join("x" * 140))
    assert tree is not None
    assert len(typeset(tree).children) == 279


@given(st.text(alphabet="xyk_1.2+-*/^=~()[], <d", max_size=60))
def test_any_text_is_read_or_left_alone(text: str) -> None:
    tree = parse_formula(text)
    assert tree is None or typeset(tree).tag
