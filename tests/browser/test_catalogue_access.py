"""The catalogue for every reader: by axe, by keyboard, on narrow and wide screens, under hostile text."""

from urllib.parse import quote

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.conftest import LOOKS, Hostile, OpenPage, Theme, unfold
from tests.browser.hostile_rows import HOSTILE, LONG

pytestmark = pytest.mark.browser

# Axe takes seconds for a page: of those that are made of the same parts the ordinary suite looks at one.
PAGES = [
    "/",
    "/models?provenance=incomplete&q=kinetics&metric=test_r2%3E0",
    "/models/model-theophylline-mean-curve-v1",
    "/artifact/dataset-ad-train",
    *(
        pytest.param(address, marks=pytest.mark.slow)
        for address in (
            "/models",
            "/models/glossary",
            "/models/register",
            "/models?q=nothing&family=statistical",
            "/models?limit=0",
            "/models/model-ad-penalised-v2",
            "/models/model-ad-perceptron-v2",
            "/docs",
        )
    ),
]


@pytest.mark.parametrize("width", [1280, pytest.param(1920, marks=pytest.mark.slow)])
def test_the_head_of_the_page_stands_above_its_content(
    open_page: OpenPage, live_server: str, width: int
) -> None:
    page = open_page(f"{live_server}/models/model-theophylline-mean-curve-v1", width=width)
    left = "selector => Math.round(document.querySelector(selector).getBoundingClientRect().left)"
    assert page.evaluate(left, ".host-brand") == page.evaluate(left, ".mreg-identity")
    assert page.evaluate(left, ".mreg-identity") == page.evaluate(left, "#provenance .mreg-drawing")


@pytest.mark.parametrize(
    "model",
    [
        "theophylline-mean-curve-v1",
        *(pytest.param(model, marks=pytest.mark.slow) for model in ("ad-logistic-v3", "ad-perceptron-v2")),
    ],
)
def test_a_graph_of_few_artifacts_is_seen_whole_and_can_be_read(
    open_page: OpenPage, live_server: str, model: str
) -> None:
    page = open_page(f"{live_server}/models/model-{model}")
    page.set_viewport_size({"width": 1280, "height": 800})
    frame = page.locator("#provenance .mreg-drawing").first
    size, place = frame.locator("svg").bounding_box(), frame.bounding_box()
    assert size is not None
    assert place is not None
    assert size["height"] <= place["height"] <= 800
    assert size["height"] / float(frame.locator("svg").get_attribute("height") or 0) >= 0.8
    top = frame.locator(".mreg-node--root").bounding_box()
    assert top is not None
    assert top["y"] - place["y"] < 40


@pytest.mark.parametrize(("width", "theme"), LOOKS)
@pytest.mark.parametrize("address", PAGES)
def test_axe_finds_no_violation_and_the_page_never_scrolls_sideways(
    open_page: OpenPage, live_server: str, address: str, width: int, theme: Theme
) -> None:
    page = open_page(f"{live_server}{address}", width=width, theme=theme)
    unfold(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    results = Axe().run(page)
    assert results.violations_count == 0, results.generate_report()


@pytest.mark.parametrize("address", ["/models", "/models/model-ad-logistic-v2"])
def test_the_keyboard_alone_reaches_everything_in_order(
    open_page: OpenPage, live_server: str, address: str
) -> None:
    page = open_page(f"{live_server}{address}")
    reachable = page.evaluate(
        """() => [...document.querySelectorAll(
                'a[href], button, select, textarea, input:not([type=hidden]), summary, [tabindex="0"]')]
            .filter(element => element.checkVisibility())
            .map((element, place) => { element.dataset.place = place; return place })"""
    )
    reached: list[int] = []
    for _ in reachable:
        page.keyboard.press("Tab")
        place, outlined, visible = page.evaluate(
            """() => { const focus = document.activeElement, box = focus.getBoundingClientRect();
                return [Number(focus.dataset.place), getComputedStyle(focus).outlineStyle != 'none',
                        box.bottom > 0 && box.top < innerHeight] }"""
        )
        assert outlined
        assert visible
        reached.append(place)
    assert reached == reachable


def test_the_bar_to_compare_hides_no_entry_in_focus(open_page: OpenPage, live_server: str) -> None:
    page = open_page(f"{live_server}/models")
    for place in range(3):
        covered = (
            page.locator(".mreg-tick")
            .nth(place)
            .evaluate(
                """box => { scrollBy(0, box.getBoundingClientRect().bottom - innerHeight + 5); box.focus();
                return box.getBoundingClientRect().bottom
                    > document.querySelector('.mreg-compare-bar').getBoundingClientRect().top }"""
            )
        )
        assert not covered


def test_hostile_text_in_every_field_shows_as_text(open_page: OpenPage, hostile: Hostile) -> None:
    address, models = hostile
    dataset = f"dataset-{HOSTILE}"
    page = open_page("about:blank", width=390)
    alarms: list[str] = []
    page.on("dialog", lambda dialog: alarms.append(dialog.message))
    page.on("console", lambda message: alarms.append(message.text))
    for path in (
        "/models",
        f"/models?q={quote(HOSTILE[:80])}&dataset={quote(HOSTILE)}",
        f"/models/{quote(models[0], safe='')}",
        f"/artifact/{quote(dataset, safe='')}",
    ):
        response = page.goto(f"{address}{path}")
        assert response is not None
        assert response.status == 200
        unfold(page)
        assert page.evaluate("window.hacked") is None
        assert page.locator('script:not([type="application/ld+json"]), img').count() == 0
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        text = page.locator("main").inner_text()
        assert "{{ 7*7 }}" in text
        links = page.locator("main a").evaluate_all("all => all.map(a => a.getAttribute('href'))")
        assert all(link.startswith(("/", "#")) and "<" not in link for link in links)
    assert alarms == []
    page.goto(f"{address}/models/{quote(models[0], safe='')}")
    unfold(page)
    assert page.locator(".mreg-long").count() > 0
    focusable = Axe().run(page, options={"runOnly": ["scrollable-region-focusable"]})
    assert focusable.violations_count == 0, focusable.generate_report()
    assert LONG.strip()[-100:] in page.locator("main").inner_text()


@pytest.mark.parametrize("width", [390, pytest.param(1280, marks=pytest.mark.slow)])
def test_the_table_of_a_picture_shows_when_its_fold_is_opened(
    open_page: OpenPage, live_server: str, width: int
) -> None:
    page = open_page(f"{live_server}/models/model-indomethacin-two-compartments-v1", width=width)
    fold = page.locator("details", has_text="The same as a table").first
    table = fold.locator("table")
    assert not table.is_visible()
    fold.locator("summary").click()
    assert table.is_visible()
