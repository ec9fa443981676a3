"""Whether two formulas are equal: up to the algebra of fractions, and never beyond it."""
# ruff: noqa: RUF001 -- these are the signs that formulas are written with

import pytest

from scidex.atlas._model_registry.equations import field, values
from scidex.atlas._model_registry.equations.judge import judge_formulas


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Vmax*S/(Km+S)", "Vmax/(Km/S+1)"),
        ("a/b*c", "a*c/b"),
        ("a - b - c", "a - (b + c)"),
        ("-x^2", "-(x*x)"),
        ("(a+b)^2", "a**2 + 2*a*b + b²"),
        ("0.1*x", "x/10"),
        ("1e-3*x", "x*0.001"),
        ("1.5E+3", "1500."),
        ("sqrt(x)", "x^0.5"),
        ("x^-2", "1/x/x"),
        ("x^(n - n + 2)", "x*x"),
        ("pow(a + b, 2)", "(a + b)*(b + a)"),
        ("exp(-(E - V)/RT)", "exp((V - E)/RT)"),
        ("piecewise(a, x > 1, b)", "if(1 < x, a, b)"),
        ("piecewise(a, and(lt(x, y), c), b)", "piecewise(a, c && y > x, b)"),
        ("a == b", "b == a"),
        ("not a", "!a"),
        ("k₁·x⁻¹", "k_1 / x"),
        ("α − β", "alpha - beta"),
        ("µ*A", "mu*A"),
        ("k*[A]", "k*A"),
        ("[Ca]_i * g", "g*[Ca]_i"),
        ("lambda * in / is", "in * lambda / is"),
        ("soma.v * y[0]", "y[0] * soma.v"),
        ("g.*m.^3", "m^3*g"),
        ("(x^2 - 1)/(x - 1)", "x + 1"),
        ("(V + 5 [mV])/20 [mV]", "(V + 0.005 [V])/0.02 [V]"),
        ("1 [1/min] * A", "60 [1/h] * A"),
        ("2 [1/ms] * 3 [s]", "6000"),
        ("3 [degC] + 2 [zorp]", "2 [zorp] + 3 [degC]"),
        ("3 [1] * x", "3*x"),
        ("if(t<a)then(b)else(c)", "piecewise(b, t < a, c)"),
        ("v[j-1] + v[j+1]", "v[j+1] + v[j-1]"),
        ("k*A;", "A*k"),
        ("1e-999999 * x * 1e999999", "x"),
        ("x^1000 / x^999", "x"),
        ("max(a, b + c)", "max(c + b, a)"),
        ("np.exp(-k*t)", "math.exp(-t*k)"),
        ("Math.pow(x, 2)", "x*x"),
        ("np.sqrt(x)", "x^0.5"),
        ("np.where(a > b, c, d)", "if(b < a, c, d)"),
        ("r*N*(1 - N/K)", "r*N - r*N^2/K"),
        ("kf*(A*B - P*Q/Keq)", "kf*A*B - kf*P*Q/Keq"),
        ("0.01*(10 - V)/(exp((10 - V)/10) - 1)", "(0.1 - 0.01*V)/(exp(1 - 0.1*V) - 1)"),
        ("-gNa*m^3*h*(V - ENa)", "gNa*m**3*h*(ENa - V)"),
        ("vmax*A/km/(1 + A/km + B/ki)", "vmax*A/(km*(1 + B/ki) + A)"),
    ],
)
def test_formulas_that_say_the_same_are_equal(first: str, second: str) -> None:
    assert judge_formulas(first, second) == judge_formulas(second, first) == "equal as formulas"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("exp(a+b)", "exp(a)*exp(b)"),
        ("k1*A", "k_1*A"),
        ("l2", "l_2"),
        ("kcat*E", "k_cat*E"),
        ("k*A", "K*A"),
        ("1 [ms]", "1 [s]"),
        ("5 [mV]", "5"),
        ("2 [degC]", "275.15 [K]"),  # a temperature or a difference of two
        ("k10*C", "k_el*C"),
        ("f(x, y)", "f(y, x)"),
        ("a % b", "a"),
        ("a % b * c", "c * a % b"),
        ("x < y", "x <= y"),
        ("x < y", "y < x"),
        ("!a == b", "not (a == b)"),
        ("k*[A]*A", "k*A*A"),
        ("if(t<a)then(b)else(c)", "if(t<a)then(c)else(b)"),
        ("log(x)", "ln(x)"),
        ("np.log(x)", "log(x)"),  # without a library it may be of base ten
        ("max(a, b)", "min(a, b)"),
        ("my.exp(x)", "exp(x)"),
        ("Vmax/(1 + (K/S)^n)", "Vmax*S^n/(K^n + S^n)"),
        ("exp(-k*t)", "e^(-k*t)"),
        ("1/(1 + exp(-(V + 40)/9))", "1/(1 + exp(-(V - 40)/9))"),
        ("x^y^z", "x^(y^z)"),  # programs disagree on what the first means
        ("x^y^z", "(x^y)^z"),
        ("(x^2)^0.5", "x"),
        ("x^1001", "x^1000*x"),
        ("0.333333", "1/3"),
        ("9**9**9", "1"),
        ("1/(x - x)", "1/(y - y)"),
        ("1/(x - x)", "1/(x - x) + 1"),
        ("0^-1", "1"),
        ("a && b || c", "a && (b || c)"),
    ],
)
def test_others_are_not_shown_to_be_equal(first: str, second: str) -> None:
    assert judge_formulas(first, second) == judge_formulas(second, first) == "not shown to be equal"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2x",
        "a b",
        "y ~ a + b",  # of statistics: + and * mean something else
        "__import__('os').system('true')",
        "a if b else c",
        "x; y",
        "A -> B",
        "1" * 500,
        "x" * 20_000,
        "(" * 500 + "x" + ")" * 500,
        "-" * 500 + "x",
        "^".join(["x"] * 500),
        "(((a)*b+c<d&&e||f)" * 3,
        "\\frac{a}{b}",
        "a\x00",
        "x^",
        "if(t < a)then(b)",
        "if(t < a)then b else c",
    ],
)
def test_anything_but_a_formula_is_compared_as_text(text: str) -> None:
    assert judge_formulas(text, "x") == judge_formulas("x", text) == "cannot be read"


def test_a_deep_tree_without_deep_brackets_is_refused_too() -> None:
    text = "a"
    for _ in range(30):
        text = f"({text})*b+c<d&&e||f"
    assert judge_formulas(text, "x") == "cannot be read"


@pytest.mark.parametrize("text", ["+".join(["x*y"] * 2400), "9" * 200 + "e999999", "9**9**9**9", "x^9999999"])
def test_hostile_lengths_cost_little(text: str) -> None:
    assert judge_formulas(text, f"({text})") == "equal as formulas"


def test_the_prime_cannot_be_known_from_outside() -> None:
    known = 2**61 - 1
    assert judge_formulas(f"x + {known}", "x") == "not shown to be equal"
    assert field.prime() > 2**59


def test_a_point_where_a_formula_is_undefined_is_drawn_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """Draw x = y at the first point: both formulas are defined at the others, where they agree."""
    drawn = field.random_value

    def same_at_first_point(label: str, *inputs: int) -> int:
        return 7 if inputs == (0,) else drawn(label, *inputs)

    monkeypatch.setattr(field, "random_value", same_at_first_point)
    values.drawn_for_name.cache_clear()
    assert judge_formulas("z/(x - y) ", "-z/(y - x)") == "equal as formulas"
    assert judge_formulas("z/(x - y) ", "z/(y - x)") == "not shown to be equal"
    values.drawn_for_name.cache_clear()
