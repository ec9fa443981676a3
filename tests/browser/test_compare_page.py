"""The compare page in a real browser: without scripts, by keyboard, for every reader, and under hostile text."""

from collections.abc import Sequence
from urllib.parse import urlencode, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Request, expect

from tests.browser.conftest import LOOKS, Hostile, OpenPage, Theme, unfold
from tests.browser.hostile_rows import HOSTILE, LONG

pytestmark = pytest.mark.browser

SECTIONS = [
    "models",
    "verdict",
    "evidence",
    "metrics",
    "configuration",
    "training-data",
    "inputs",
    "provenance",
]
THEMES: list[Theme] = ["dark", "light"]


KINETICS = ["model-indomethacin-one-compartment-v1", "model-indomethacin-two-compartments-v1"]
CLASSIFIERS = ["model-ad-perceptron-v2", "model-ad-logistic-v3", "model-ad-penalised-v2"]


def comparison_of(server: str, ids: Sequence[str]) -> str:
    """Return the address of a comparison."""
    return f"{server}/models/compare?{urlencode([('ids', model_id) for model_id in ids])}"


@pytest.fixture
def compared(live_server: str) -> str:
    """Return the address of a comparison of two kinetic models of the demo."""
    return comparison_of(live_server, KINETICS)


def test_without_scripts_the_page_is_whole(open_page: OpenPage, compared: str) -> None:
    page = open_page(compared, scripts=False)
    for section in SECTIONS:
        expect(page.locator(f"section#{section} > h2")).to_be_visible()
    expect(page.locator("#provenance svg a").first).to_be_visible()
    page.get_by_role("link", name="Show only what differs").click()
    expect(page.get_by_role("link", name="Show everything")).to_be_visible()
    expect(page.locator("#configuration")).to_contain_text("10 equal settings are not shown")


def test_models_are_added_removed_and_made_the_baseline_without_scripts(
    open_page: OpenPage, live_server: str
) -> None:
    page = open_page(comparison_of(live_server, [*KINETICS, "model-theophylline-v1"]), scripts=False)
    page.get_by_role("link", name="Remove C from the comparison").click()
    expect(page.locator(".mreg-card")).to_have_count(2)
    page.get_by_role("link", name="Make B the baseline").click()
    expect(page.locator(".mreg-card").nth(1)).to_contain_text("BASELINE")
    page.get_by_label("Add a model by its id").fill("theophylline-v2")
    page.get_by_role("button", name="Add").click()
    expect(page.locator(".mreg-card")).to_have_count(3)
    expect(page.locator(".mreg-card").nth(1)).to_contain_text("BASELINE")


def test_classifiers_are_ranked_on_held_out_data_and_aic_is_refused_with_its_reason(
    open_page: OpenPage, live_server: str
) -> None:
    page = open_page(comparison_of(live_server, CLASSIFIERS), scripts=False)
    expect(page.locator(".mreg-verdict")).to_contain_text(
        "A, B and C cannot be told apart by 100 participants"
    )
    expect(page.locator("#verdict")).to_contain_text(
        "On 5 of 5 held-out metrics the data do not show which model is best: 100 participants, 27 of them Impaired"
    )
    expect(page.locator("#metrics")).not_to_contain_text("★ best")
    refused = page.locator(".mreg-finding--refused").filter(has_text="AIC")
    expect(refused).to_contain_text("dataset-ad-train-without-e2")


def test_kinetic_parameters_stand_in_common_units(open_page: OpenPage, compared: str) -> None:
    page = open_page(compared, scripts=False)
    row = page.locator("#configuration tr", has=page.get_by_role("rowheader", name="k10"))
    expect(row.locator("td").nth(1)).to_contain_text("1/min")
    expect(row.locator("td").nth(1)).to_contain_text("1/hr")
    expect(row.locator("td").nth(1)).to_contain_text("changed")


def test_the_keyboard_alone_reaches_everything_in_order(open_page: OpenPage, compared: str) -> None:
    page = open_page(compared)
    reachable = page.evaluate(
        """() => [...document.querySelectorAll('a[href], button, input:not([type=hidden]), summary, [tabindex="0"]')]
            .filter(element => element.checkVisibility())
            .map((element, place) => { element.dataset.place = place; return place })"""
    )
    reached: list[int] = []
    for _ in reachable:
        page.keyboard.press("Tab")
        place, outlined = page.evaluate(
            """() => { const focus = document.activeElement;
                return [Number(focus.dataset.place), getComputedStyle(focus).outlineStyle != 'none'] }"""
        )
        assert outlined
        reached.append(place)
    assert reached == reachable


def test_the_skip_link_leads_past_the_header(open_page: OpenPage, compared: str) -> None:
    page = open_page(compared)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.hash") == "#models"


def test_every_section_is_two_keys_away(open_page: OpenPage, compared: str) -> None:
    page = open_page(compared)
    for section in SECTIONS:
        page.evaluate("scrollTo(0, 0)")
        page.locator(f"nav a[href='#{section}']").focus()
        page.keyboard.press("Enter")
        expect(page.locator(f"#{section} > h2")).to_be_in_viewport()


@pytest.mark.parametrize(("width", "theme"), LOOKS)
def test_axe_finds_no_violation(open_page: OpenPage, compared: str, width: int, theme: Theme) -> None:
    page = open_page(compared, width=width, theme=theme)
    unfold(page)
    results = Axe().run(page)
    assert results.violations_count == 0, results.generate_report()


@pytest.mark.parametrize("theme", THEMES)
def test_text_in_drawings_contrasts_with_its_box(open_page: OpenPage, compared: str, theme: Theme) -> None:
    page = open_page(compared, theme=theme)
    worst = page.evaluate(
        """() => {
            const light = colour => { const [r, g, b] = colour.match(/[\\d.]+/g).map(Number).map(part => {
                const share = part / 255; return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4 });
                return 0.2126 * r + 0.7152 * g + 0.0722 * b };
            return Math.min(...[...document.querySelectorAll('.mreg-node text')].map(text => {
                const box = getComputedStyle(text.parentElement.querySelector('.mreg-box')).fill;
                const [low, high] = [light(box), light(getComputedStyle(text).fill)].sort((a, b) => a - b);
                return (high + 0.05) / (low + 0.05) })) }"""
    )
    assert worst >= 4.5


@pytest.mark.parametrize(
    "width", [390, *(pytest.param(width, marks=pytest.mark.slow) for width in (768, 1280))]
)
def test_the_page_itself_never_scrolls_sideways(open_page: OpenPage, compared: str, width: int) -> None:
    page = open_page(compared, width=width)
    unfold(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_first_column_stays_while_a_table_scrolls(open_page: OpenPage, compared: str) -> None:
    page = open_page(compared, width=390)
    first = page.locator("#metrics tbody th[scope=row]").first
    before = first.bounding_box()
    page.locator("#metrics .mreg-scroll").first.evaluate("box => box.scrollLeft = 200")
    assert page.locator("#metrics .mreg-scroll").first.evaluate("box => box.scrollLeft") > 0
    assert first.bounding_box() == before


def test_no_request_leaves_the_host_and_the_policy_blocks_nothing_of_ours(
    open_page: OpenPage, live_server: str, compared: str
) -> None:
    page = open_page("about:blank")
    requests: list[Request] = []
    complaints: list[str] = []
    page.on("request", lambda request: requests.append(request))  # noqa: PLW0108 -- Playwright marks the handler, which a method does not allow
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    response = page.goto(compared, wait_until="networkidle")
    assert response is not None
    policy = response.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe-inline" not in policy
    addresses = [urlsplit(request.url) for request in requests if not request.url.startswith("data:")]
    assert {f"{address.scheme}://{address.netloc}" for address in addresses} == {live_server}
    assert {address.path for address in addresses} >= {"/assets/host.css", "/models/assets/registry.css"}
    assert complaints == []


def test_every_fact_of_a_drawing_is_in_its_words(open_page: OpenPage, compared: str) -> None:
    page = open_page(compared)
    for node in page.locator("#provenance svg a").all():
        words = node.text_content() or ""
        look = node.get_attribute("class") or ""
        assert ("shared by" in words) == (node.locator(".mreg-inner").count() > 0)
        if "mreg-node--faulty" in look:
            assert any(word in words for word in ("MISSING", "UNPINNED", "MODIFIED"))


def test_an_error_is_a_page_with_its_status_and_a_way_out(open_page: OpenPage, live_server: str) -> None:
    page = open_page("about:blank", scripts=False)
    response = page.goto(f"{live_server}/models/compare?ids=model-nowhere,model-nobody")
    assert response is not None
    assert response.status == 404
    expect(page.locator("main")).to_contain_text("model-nowhere")
    expect(page.get_by_role("link", name="All models")).to_be_visible()


def test_hostile_text_in_every_field_of_every_table_shows_as_text(
    open_page: OpenPage, hostile: Hostile
) -> None:
    address, models = hostile
    page = open_page("about:blank", width=390)
    alarms: list[str] = []
    page.on("dialog", lambda dialog: alarms.append(dialog.message))
    page.on("console", lambda message: alarms.append(message.text))
    page.goto(f"{address}/models/compare?{urlencode([('ids', model) for model in models])}")
    unfold(page)
    expect(page.locator("section")).to_have_count(len(SECTIONS))
    assert page.evaluate("window.hacked") is None
    assert page.locator("script, img").count() == 0
    assert alarms == []
    text = page.locator("main").inner_text()
    assert HOSTILE.split("\u202e")[0].strip() in text
    assert "{{ 7*7 }}" in text
    assert LONG.strip()[-100:] in text
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert page.locator(".mreg-long").count() > 0
    focusable = Axe().run(page, options={"runOnly": ["scrollable-region-focusable"]})
    assert focusable.violations_count == 0, focusable.generate_report()
    links = page.locator("#provenance svg a").evaluate_all("all => all.map(a => a.getAttribute('href'))")
    assert all(link.startswith(("/models/model-", "/artifact/")) and "<" not in link for link in links)
