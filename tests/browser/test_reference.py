"""The reference of the interface in a real browser: names stay whole, and stay while a table scrolls."""

import pytest

from tests.browser.conftest import OpenPage

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("width", [390, pytest.param(1280, marks=pytest.mark.slow)])
def test_no_name_breaks_inside_its_word(open_page: OpenPage, live_server: str, width: int) -> None:
    page = open_page(f"{live_server}/docs", width=width)
    lines = page.locator("tbody th code").evaluate_all("all => all.map(one => one.getClientRects().length)")
    assert len(lines) > 100
    assert set(lines) == {1}


def test_the_names_stay_while_a_table_scrolls(open_page: OpenPage, live_server: str) -> None:
    page = open_page(f"{live_server}/docs", width=390)
    box = page.get_by_role("region", name="Parameters of /api/models", exact=True)
    name = box.locator("tbody th").first
    before = name.bounding_box()
    box.evaluate("box => box.scrollLeft = 100")
    assert box.evaluate("box => box.scrollLeft") == 100
    assert name.bounding_box() == before


def test_an_example_of_a_repeated_parameter_is_written_as_an_address_has_it(
    open_page: OpenPage, live_server: str
) -> None:
    text = open_page(f"{live_server}/docs").locator("main").inner_text()
    assert "Example: ids=model-ad-logistic-v1&ids=model-ad-logistic-v2" in text
