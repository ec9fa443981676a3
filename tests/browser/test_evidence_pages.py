"""The pages that draw predictions in a real browser: a model, an evaluation, a figure; whole, legible, and inert."""

from urllib.parse import quote

import psycopg
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.conftest import LOOKS, OpenPage, Theme, unfold
from tests.registry import rows
from tests.serving import serve

pytestmark = pytest.mark.browser

PAGES = [
    "/models/model-theophylline-v2",
    "/artifact/evaluation-ad-penalised-v2-test",
    "/artifact/figure-ad-penalised-v1",
]
HOSTILE = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="60" onload="alert(1)"><script>alert(2)</script>'
    '<image href="https://example.org/spy.png"/><rect width="90" height="60" fill="#07c"/></svg>'
)


@pytest.mark.parametrize("address", [pytest.param(PAGES[0], marks=pytest.mark.slow), *PAGES[1:]])
@pytest.mark.parametrize(("width", "theme"), LOOKS)
def test_axe_finds_no_violation(
    open_page: OpenPage, live_server: str, address: str, width: int, theme: Theme
) -> None:
    page = open_page(f"{live_server}{address}", width=width, theme=theme)
    unfold(page)
    results = Axe().run(page)
    assert results.violations_count == 0, results.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("address", PAGES)
def test_every_mark_stands_inside_its_picture(open_page: OpenPage, live_server: str, address: str) -> None:
    page = open_page(f"{live_server}{address}", scripts=True)
    unfold(page)
    outside = page.evaluate(
        """() => [...document.querySelectorAll('.mreg-panel')].flatMap(panel => {
            const frame = panel.getBoundingClientRect();
            return [...panel.querySelectorAll('.mreg-marks, .mreg-spread, .mreg-fit')]
                .map(mark => mark.getBoundingClientRect())
                .filter(box => box.left < frame.left || box.right > frame.right
                    || box.top < frame.top || box.bottom > frame.bottom) }).length"""
    )
    assert outside == 0
    assert page.locator(".mreg-panel").count() > 0


def test_a_hostile_figure_is_an_image_that_asks_and_runs_nothing(open_page: OpenPage, dsn: str) -> None:
    with psycopg.connect(dsn) as conn:
        figure = rows.artifact(conn, "figure-hostile", "figure", metadata={"svg": HOSTILE})
    with serve(dsn) as address:
        page = open_page("about:blank")
        asked: list[str] = []
        alarms: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.on("dialog", lambda dialog: alarms.append(dialog.message))
        page.on("console", lambda message: alarms.append(message.text))
        page.goto(f"{address}/artifact/{quote(figure)}", wait_until="networkidle")
        image = page.locator("img")
        expect(image).to_be_visible()
        assert image.evaluate("image => image.naturalWidth") == 90
        assert not any("example.org" in url for url in asked)
        assert alarms == []
