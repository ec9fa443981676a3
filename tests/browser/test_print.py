"""The pages on paper: dark on white whatever the theme, nothing cut off, links that lead on."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage

pytestmark = pytest.mark.browser

SHEET = 703  # CSS pixels between the margins of A4 upright

PAGES = {
    "compare": "/models/compare?ids=model-ad-perceptron-v2&ids=model-ad-logistic-v3&ids=model-ad-penalised-v2",
    "models": "/models",
    "model": "/models/model-theophylline-mean-curve-v1",
    "artifact": "/artifact/dataset-ad-train",
}

_CUT_OFF = """() => [...document.querySelectorAll('main *')]
    .filter(one => one.checkVisibility() && !one.closest('svg, math'))
    .filter(one => one.scrollWidth > one.clientWidth + 1 && getComputedStyle(one).overflowX != 'visible'
        || one.scrollHeight > one.clientHeight + 1 && getComputedStyle(one).overflowY != 'visible'
        || one.getBoundingClientRect().right > innerWidth + 1)
    .filter(one => !one.matches('caption, .mreg-unseen, .mreg-unseen *'))
    .map(one => one.className || one.tagName)"""

_DARK = """() => [document.documentElement, document.body, ...document.querySelectorAll('main *')]
    .filter(one => one.checkVisibility())
    .map(one => getComputedStyle(one).backgroundColor)
    .filter(colour => !['rgba(0, 0, 0, 0)', 'rgb(255, 255, 255)'].includes(colour))"""


def printed(open_page: OpenPage, address: str) -> Page:
    """Show a page as it is printed, from a dark screen, at the width of the sheet."""
    page = open_page(address, width=SHEET, theme="dark")
    page.emulate_media(media="print", color_scheme="dark")
    return page


@pytest.mark.parametrize("name", PAGES)
def test_paper_is_white_and_nothing_is_cut_off(open_page: OpenPage, live_server: str, name: str) -> None:
    page = printed(open_page, live_server + PAGES[name])
    assert page.evaluate("getComputedStyle(document.documentElement).colorScheme") == "light"
    assert page.evaluate(_DARK) == []
    assert page.evaluate(_CUT_OFF) == []


@pytest.mark.slow
def test_ten_models_fit_across_a_sheet(open_page: OpenPage, live_server: str) -> None:
    page = open_page(f"{live_server}/models")
    links = page.locator(".mreg-entry h3 a").evaluate_all("all => all.map(one => one.href)")
    ids = "&".join(f"ids={link.rpartition('/')[2]}" for link in links[:10])
    page = printed(open_page, f"{live_server}/models/compare?{ids}")
    page.set_viewport_size({"width": 1032, "height": 703})
    assert page.evaluate(_CUT_OFF) == []
    assert page.locator("#metrics thead th").count() == 13


@pytest.mark.parametrize(
    "name", ["compare", *(pytest.param(name, marks=pytest.mark.slow) for name in ("models", "model"))]
)
def test_a_sheet_says_its_address_date_and_number(open_page: OpenPage, live_server: str, name: str) -> None:
    page = printed(open_page, live_server + PAGES[name])
    margins = """() => [...document.styleSheets].flatMap(sheet => [...sheet.cssRules])
        .filter(rule => rule.constructor.name == 'CSSPageRule').map(rule => rule.cssText).join(' ')"""
    said = page.evaluate(margins)
    assert f'"{live_server}{PAGES[name]}"' in said
    assert re.search(r'"\d{1,2} [A-Z][a-z]{2} 20\d\d, \d\d:\d\d UTC"', said)
    assert "counter(page)" in said


def test_what_is_folded_says_so_on_paper(open_page: OpenPage, live_server: str) -> None:
    page = printed(open_page, live_server + PAGES["compare"])
    said = "summary => getComputedStyle(summary, '::after').content"
    closed = page.locator("details:not([open]) > summary:visible")
    assert all("open it on the page" in text for text in closed.evaluate_all(f"all => all.map({said})"))
    assert closed.count() > 3
    assert page.locator("details[open] > summary").first.evaluate(said) == "none"


def test_what_only_leads_elsewhere_is_not_printed(open_page: OpenPage, live_server: str) -> None:
    page = printed(open_page, live_server + PAGES["compare"])
    for words in ("Remove", "Make baseline", "CSV"):
        expect(page.get_by_text(words, exact=True).first).to_be_hidden()
    expect(page.get_by_role("heading", name="Verdict")).to_be_visible()


def test_a_sheet_keeps_its_links_and_drawings_lie_across(open_page: OpenPage, live_server: str) -> None:
    document = open_page(live_server + PAGES["compare"]).pdf(format="A4")
    assert b"/models/model-ad-penalised-v2)" in document
    boxes = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", document)
    across = [float(width) > float(height) for width, height in boxes]
    assert across == sorted(across)  # the drawings come last
    assert True in across
    assert len(boxes) < 25
