"""Equations one by one, by what they are of."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scidex.atlas._model_registry.equations.sides import equations_of, lines, sides


@pytest.mark.parametrize(
    ("equation", "subject", "right"),
    [
        ("dA/dt = -k", "dA/dt", "-k"),
        ("A' = -k", "dA/dt", "-k"),
        ("d[A]/dt = -k", "dA/dt", "-k"),
        ("d(A)/dt=-k", "dA/dt", "-k"),
        ("dA(t)/dt = -k", "dA/dt", "-k"),
        ("diff(A(t), t) = -k;", "dA/dt", "-k"),
        ("der(A) = -k", "dA/dt", "-k"),
        ("dA/dx = -k", "dA/dx", "-k"),
        ("A := k*x", "A", "k*x"),
        ("A ≔ k", "A", "k"),
        ("A(t) = k", "A", "k"),
        ("[A] = k", "A", "k"),
        ("k₁ = 2", "k_1", "2"),
        ("f(x; k) = k*x", "f(x;k)", "k*x"),
        ("A_gut(t <= t_lag) = Dose", "A_gut(t<=t_lag)", "Dose"),
        ("logit P(y = 1) = a + b", "logit P(y=1)", "a + b"),
        ("tau * dV / dt = a", "tau*dV/dt", "a"),
        ("x >= 0", "x>=0", "x >= 0"),
        ("(x = 1", "(x", "1"),
        ("a = b = c", "a", "b = c"),
        ("", "", ""),
    ],
)
def test_an_equation_is_of_its_left_side_however_that_is_written(
    equation: str, subject: str, right: str
) -> None:
    assert sides(equation) == (subject, right)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("f(x; k) = k*x", ["f(x; k) = k*x"]),
        ("f(x; k) = k*x; b = 2\n\nc = 3;", ["f(x; k) = k*x", "b = 2", "c = 3"]),
        ("a = piecewise(1,\n x > 1; 2)\nb = y[0; 1]", ["a = piecewise(1,\n x > 1; 2)", "b = y[0; 1]"]),
        ("a = (1; b = 2", ["a = (1", "b = 2"]),
        ("a = 1); b = 2", ["a = 1)", "b = 2"]),
        (" ;\n", []),
    ],
)
def test_a_text_is_cut_between_equations_and_nowhere_else(text: str, expected: list[str]) -> None:
    assert lines(text) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (["a = 1", " ", "b = 2"], ["a = 1", "b = 2"]),
        ({"dA/dt": "k"}, ["dA/dt = k"]),
        ({"dA/dt": 1}, None),
        ([1, "a = b"], None),
        (7, None),
        (None, None),
    ],
)
def test_equations_are_listed_from_any_form(value: object, expected: list[str] | None) -> None:
    assert equations_of(value) == expected


@given(st.text(alphabet="ab=:;()[]<>\n d/t'", max_size=40))
def test_nothing_of_a_text_is_lost(text: str) -> None:
    kept = [char for char in text if not char.isspace() and char != ";"]
    assert [char for line in lines(text) for char in line if not char.isspace() and char != ";"] == kept
    for line in lines(text):
        sides(line)
