"""A long list of equations on the page of a model: folded, counted and complete."""

from scidex.atlas._model_registry.pages.model_page.formulas import lay_out_formulas
from scidex.atlas._model_registry.pages.model_page.page import model_page
from tests.unit.pages.example_detail import detail


def test_equations_after_the_hundredth_fold_away() -> None:
    texts = [f"v{number} = k*c{number}" for number in range(2200)]
    found = lay_out_formulas(texts)
    assert [formula.text for formula in found.open] + found.folded == texts[:2100]
    assert found.left_out == 100
    assert all(formula.mark is not None for formula in found.open)


def test_a_page_typesets_so_much_and_shows_the_rest_as_typed() -> None:
    found = lay_out_formulas(["y = " + "+".join(["x"] * 4000)] * 10)
    assert [formula.mark is not None for formula in found.open] == [True] * 4 + [False] * 6


def test_equations_in_any_form_are_shown() -> None:
    one_text = model_page(detail({"equations": "f(x; k) = k*x; dA/dt = -k"}), {})["description"]
    assert [formula.text for formula in one_text.formulas.open] == ["f(x; k) = k*x", "dA/dt = -k"]
    by_side = model_page(detail({"equations": {"dA/dt": "-k"}}), {})["description"]
    assert [formula.text for formula in by_side.formulas.open] == ["dA/dt = -k"]
    other = model_page(detail({"equations": [{"left": "A", "right": "k"}]}), {})["description"]
    assert other.formulas.open == []
    assert [row.path for row in other.settings[-1].rows] == ["equations"]
