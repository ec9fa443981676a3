"""What the compare page says of a change inside an equation."""

from jinja2 import Environment, FileSystemLoader

from scidex.atlas._model_registry.comparison import compare
from scidex.atlas._model_registry.pages import rendering
from scidex.atlas._model_registry.pages.compare.terms import term_lines
from tests.unit.builders import traced
from tests.unit.pages.compared_page import page


def compared(first: str, second: str) -> str:
    """Write the page of two models with one equation each."""
    models = [
        traced("model-a", metadata={"equations": [first]}),
        traced("model-b", metadata={"equations": [second]}),
    ]
    comparison = compare(models, baseline="model-a", datasets={})
    templates = Environment(loader=FileSystemLoader("templates"), autoescape=True)
    return rendering.render_compare_page(templates, comparison, only_differences=False, histories=None)


def test_terms_are_named_and_typeset() -> None:
    shown = compared("v = Vmax*S/(Km + S)", "v = Vmax*S/(Km + S + x<b)")
    assert "not shown to be equal" in shown
    assert "mreg-terms" not in shown  # a change of the whole is what both equations show
    shown = compared("v = Vmax*S/(Km + S) - k*x", "v = Vmax*S/(Km + S + inv_K*S^2) - k*x")
    assert '<b class="mreg-mark mreg-mark--added">added</b> <math><mrow><mo>+</mo>' in shown
    assert '<li class="mreg-note">in <math>' in shown


def test_an_equation_that_says_the_same_is_the_same_and_says_why() -> None:
    shown = compared("v = a/b*c", "v := c*a/b")
    assert "equal as formulas" in shown
    assert "No setting differs." in shown


def test_many_and_long_terms_are_counted_and_shortened() -> None:
    long = f"+ {'k * ' * 100}x"
    found = term_lines({"added": [long, *["+ a"] * 15], "removed": [], "changed": [], "within": None})
    assert found is not None
    assert (len(found.lines), found.left_out) == (12, 4)
    assert found.lines[0].term.mark is None
    assert len(found.lines[0].term.text) <= 300


def test_settings_without_equations_have_no_judgement() -> None:
    cells = [cell for group in page()["settings"].differing for line in group.lines for cell in line.cells]
    assert {cell.judgement for cell in cells} == {None}
