"""Formulas as typed, read and typeset; any other text stays as it is."""
# ruff: noqa: RUF001 -- these are the signs that formulas are set with

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scidex.atlas._model_registry.equations.judge import judge_formulas
from scidex.atlas._model_registry.equations.reader import parse_formula
from scidex.atlas._model_registry.pages.parts.typesetting import Mark, typeset, typeset_name


def written(mark: Mark) -> str:
    """Abbreviate a mark: its tag, and its text or its parts."""
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
        ("k_prod + k10", "row(sub(k prod) + k10)"),
        ("k1 * k_1 * k₁", "row(k1 ⋅ sub(k 1) ⋅ sub(k 1))"),
        ("d[A]/dt = -k", "row(frac(row(d row([ A ])) row(d t)) = row(− k))"),
        ("A := B", "row(A := B)"),
        ("alpha1 + tau_m_beta", "row(α1 + sub(τ m, β))"),
        (
            "piecewise(a, x > 1, b)",
            "row({ table(tr(td(a) td(row(text(if\xa0) row(x > 1)))) tr(td(b) td(text(otherwise)))))",
        ),
        (
            "if(x > 1 && y, a, b)",
            "row({ table(tr(td(a) td(row(text(if\xa0) row(row(x > 1) ∧ y)))) tr(td(b) td(text(otherwise)))))",
        ),
        ("a / b / c * d", "row(frac(frac(a b) c) ⋅ d)"),
        ("5 [mV] - V", "row(row(5 text(\xa0mV)) − V)"),
        ("f(x; k)", "row(f row(( x ; k )))"),
        ("x' - y^(a/2)", "row(x′ − sup(y frac(a 2)))"),
        ("Vmax * S / (Km + S)", "frac(row(Vmax ⋅ S) row(Km + S))"),
        ("(CL / V) * A", "row(row(( frac(CL V) )) ⋅ A)"),
        ("x**2 - y^-1", "row(sup(x 2) − sup(y row(− 1)))"),
        ("sqrt(alpha) <= 1e-3", "row(sqrt(α) ≤ 1e-3)"),
        ("f(x, y) ~ g()", "row(row(f row(( x , y ))) ~ row(g row(( ))))"),
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
        "x" * 10_001,
    ],
)
def test_anything_but_a_formula_stays_as_typed(text: str) -> None:
    assert parse_formula(text) is None


def test_a_long_sum_stands_in_lines_and_not_in_a_hundred_rows_in_each_other() -> None:
    tree = parse_formula("y = " + "+".join(["k_1*x"] * 1400))
    assert tree is not None
    table = typeset(tree).children[2]
    assert table.tag == "mtable"
    assert sum(len(line.children[0].children[0].children) for line in table.children) == 2 * 1400 - 1
    assert depth(table) < 8


def depth(mark: Mark) -> int:
    return 1 + max(map(depth, mark.children), default=0)


names = st.from_regex(r"[a-zA-Zαβ][a-z0-9_αβ]{0,6}'?", fullmatch=True) | st.sampled_from(
    ["alpha", "alpha1", "alpha_1", "k1", "k_1", "l2", "l_2", "k_a_b", "k_ab", "k__1", "k_", "A'", "A_gut'"]
)


@given(names, names)
def test_names_look_alike_only_where_they_are_the_same(first: str, second: str) -> None:
    alike = typeset_name(first) == typeset_name(second)
    assert alike == (judge_formulas(first, second) == "equal as formulas")
    if first.isascii() and second.isascii():
        assert alike == (first == second)


@pytest.mark.parametrize(
    "text", ["a/b" * 40, "x" + "/x" * 3000, "(" * 50 + "x" + ")" * 50, "sqrt(" * 50 + "x" + ")" * 50]
)
def test_marks_are_never_deep(text: str) -> None:
    tree = parse_formula(text)
    assert tree is not None
    assert depth(typeset(tree)) < 200


@given(st.text(alphabet="xyk_1.2+-*/^=~()[], <d", max_size=60))
def test_any_text_is_read_or_left_alone(text: str) -> None:
    tree = parse_formula(text)
    assert tree is None or typeset(tree).tag
