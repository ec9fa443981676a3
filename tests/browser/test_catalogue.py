"""The catalogue in a real browser: the way from / to a comparison, by mouse, without scripts and by keyboard alone."""

import re
from contextlib import nullcontext

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage

pytestmark = pytest.mark.browser

DATA = "Alzheimer's biomarkers: training participants"
BEST = "Cognitive impairment, penalised logistic regression: elastic net on all predictors"
COMPARED = ["model-ad-penalised-v1", "model-ad-penalised-v2"]


def expect_comparison(page: Page) -> None:
    """Check that the best classifier stands beside its predecessor, which is the baseline."""
    expect(page.get_by_role("heading", level=1)).to_have_text("Compare 2 models")
    cards = page.locator(".mreg-card")
    for place, model_id in enumerate(COMPARED):
        expect(cards.nth(place)).to_contain_text(model_id)
    expect(cards.first).to_contain_text("BASELINE")
    expect(page.locator(".mreg-verdict")).to_contain_text("cannot be told apart")


@pytest.mark.parametrize("scripts", [pytest.param(True, marks=pytest.mark.slow), False])
def test_the_best_complete_classifier_is_compared_with_its_predecessor_in_five_clicks(
    open_page: OpenPage, live_server: str, *, scripts: bool
) -> None:
    page = open_page(f"{live_server}/", scripts=scripts)
    page.get_by_role("link", name="28 model versions").click()
    filters = page.get_by_role("navigation", name="Filters")
    filters.get_by_role("link", name=f"{DATA} 9 models").click()
    filters.get_by_role("link", name=re.compile("^complete")).click()
    best = page.locator(".mreg-entry").first
    expect(best).to_contain_text("0.867")
    best.get_by_role("link", name=BEST, exact=True).click()
    page.get_by_role("link", name="Compare with the previous version").click()
    expect_comparison(page)


def test_on_a_telephone_results_stand_on_the_first_screen(open_page: OpenPage, live_server: str) -> None:
    page = open_page(f"{live_server}/models?provenance=complete&q=cognitive", width=390)
    page.set_viewport_size({"width": 390, "height": 844})
    expect(page.locator(".mreg-entry h3").first).to_be_in_viewport()
    expect(page.get_by_text("Filters 2 set")).to_be_in_viewport()
    expect(page.get_by_role("navigation", name="Filters")).to_be_hidden()
    page.get_by_text("Filters 2 set").click()
    expect(page.get_by_role("navigation", name="Filters")).to_be_visible()


def test_on_a_small_telephone_a_result_stands_on_the_first_screen_under_six_filters(
    open_page: OpenPage, live_server: str
) -> None:
    of_classifiers = "family=statistical&provenance=complete&latest=false&dataset=dataset-ad-train"
    page = open_page(
        f"{live_server}/models?{of_classifiers}&promotion_state=candidate&metric=test_roc_auc>0.5"
    )
    page.set_viewport_size({"width": 360, "height": 640})
    title = page.locator(".mreg-entry h3").first.bounding_box()
    bar = page.locator(".mreg-compare-bar").bounding_box()
    assert title is not None
    assert bar is not None
    assert title["y"] + title["height"] < bar["y"]
    chips = page.locator(".mreg-chips").first
    assert chips.evaluate("row => row.scrollWidth > row.clientWidth && row.clientHeight < 60")
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    chips.get_by_role("link").last.focus()
    expect(chips.get_by_role("link").last).to_be_in_viewport()


def test_the_search_is_sent_by_a_button_after_its_fields(open_page: OpenPage, live_server: str) -> None:
    for width in (1280, 390):
        page = open_page(f"{live_server}/models", width=width)
        page.get_by_label("Search", exact=True).focus()
        met = []
        for _ in range(7):
            page.keyboard.press("Tab")
            met.append(page.evaluate("document.activeElement.id || document.activeElement.textContent"))
            if met[-1] == "Metric and order":
                page.keyboard.press("Enter")
        assert met.index("Search", met.index("order")) == met.index("order") + 1


def follow(page: Page, words: str) -> None:
    """Go to a link with the Tab key and press Enter; links to a part of the page load none."""
    for _ in range(150):
        page.keyboard.press("Tab")
        focused = page.evaluate("[document.activeElement.tagName, document.activeElement.textContent]")
        if focused[0] == "A" and " ".join(focused[1].split()).startswith(words):
            with page.expect_navigation() if not words.startswith("To the") else nullcontext():
                page.keyboard.press("Enter")
            return
    pytest.fail(f"no link says {words!r}")


def test_the_same_by_keyboard_alone(open_page: OpenPage, live_server: str) -> None:
    page = open_page(f"{live_server}/")
    for words in (
        "28 model versions",
        "To the filters",
        DATA,
        "To the filters",
        "complete",
        BEST,
        "Compare with the previous version",
    ):
        follow(page, words)
    expect_comparison(page)


def test_ticked_models_are_compared_without_scripts(open_page: OpenPage, live_server: str) -> None:
    page = open_page(f"{live_server}/models?q=indomethacin", scripts=False)
    page.get_by_role("button", name="Compare Indomethacin kinetics: two compartments, constant error").click()
    page.get_by_role("link", name="Compare 1 ticked").click()
    expect(page.get_by_role("alert")).to_have_text("A comparison takes at least 2 models: tick one more.")
    expect(page.get_by_role("alert")).to_be_in_viewport()
    page.get_by_role("button", name="Compare Indomethacin kinetics: one compartment, constant error").click()
    page.get_by_role("link", name="Compare 2 ticked").click()
    expect(page.locator(".mreg-card")).to_have_count(2)


def test_ticks_survive_search_filters_and_paging(open_page: OpenPage, live_server: str) -> None:
    page = open_page(f"{live_server}/models?limit=5", scripts=False)
    bar = page.get_by_label("Models to compare")
    first = page.locator(".mreg-entry .mreg-id").first.inner_text()
    page.locator(".mreg-tick").first.click()
    page.get_by_role("link", name="Next page").click()
    second = page.locator(".mreg-entry .mreg-id").first.inner_text()
    page.locator(".mreg-tick").first.click()
    filters = page.get_by_role("navigation", name="Filters")
    filters.get_by_role("link", name=re.compile("^biophysical")).click()
    page.get_by_label("Search", exact=True).fill("theophylline")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("link", name="Remove all filters").click()
    expect(bar.get_by_role("link", name="Compare 2 ticked")).to_be_visible()
    bar.get_by_role("link", name=re.compile("^Remove from the comparison")).first.click()
    bar.get_by_role("link", name="Compare 1 ticked").click()
    expect(page.get_by_role("alert")).to_be_visible()
    assert page.url.count("ticked=") == 1
    assert second in page.url
    assert first not in page.url


def test_the_first_result_is_twelve_steps_away_and_a_comparison_five_from_a_tick(
    open_page: OpenPage, live_server: str
) -> None:
    page = open_page(f"{live_server}/models")
    inside = "selector => document.activeElement.closest(selector) !== null"
    steps = 0
    while not page.evaluate(inside, ".mreg-entry h3"):
        page.keyboard.press("Tab")
        steps += 1
    assert steps <= 12
    page.goto(f"{live_server}/models?ticked=model-x")
    page.locator(".mreg-tick").first.focus()
    page.keyboard.press("Space")  # presses a button, and would scroll past a link
    page.wait_for_url("**ticked=model-x&ticked=*")
    for _ in range(6):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent").startswith("Compare 2"):
            return
    pytest.fail("no way to the comparison near the tick")


def test_the_first_result_is_twelve_steps_away_however_many_filters_are_set(
    open_page: OpenPage, live_server: str
) -> None:
    filters = "q=alzheimer&family=statistical&provenance=complete&lifecycle=active&dataset=dataset-ad-train"
    page = open_page(f"{live_server}/models?{filters}")
    steps = 0
    while not page.evaluate("document.activeElement.closest('.mreg-jump') !== null"):
        page.keyboard.press("Tab")
        steps += 1
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.mreg-entry h3') !== null")
    expect(page.locator(".mreg-entry h3").first).to_be_in_viewport()
    assert steps + 2 <= 12


def test_search_condition_and_order_are_one_form_that_keeps_the_filters(
    open_page: OpenPage, live_server: str
) -> None:
    page = open_page(f"{live_server}/models?family=biophysical", scripts=False)
    page.get_by_label("Search", exact=True).fill("theophylline")
    page.get_by_label("Metric condition").fill("test_r2>0.86")
    page.get_by_label("Sort by").select_option("metric:test_r2")
    page.get_by_label("Order", exact=True).select_option("asc")
    page.get_by_role("button", name="Search").click()
    shown = page.locator(".mreg-entry h3").all_inner_texts()
    assert len(shown) > 1
    assert all(title.startswith("Theophylline") for title in shown)
    scores = page.locator(".mreg-headlines li:first-child data").evaluate_all(
        "all => all.map(one => +one.value)"
    )
    assert scores == sorted(scores)
    expect(page.locator("#results")).to_contain_text("Sorted by test_r2, lowest first (worst first).")
    chips = page.get_by_role("list", name="Filters that are set")
    expect(chips).to_contain_text("family: biophysical")
    chips.get_by_role("link", name="family: biophysical").click()
    expect(page.get_by_label("Search", exact=True)).to_have_value("theophylline")
    expect(chips).not_to_contain_text("family: biophysical")


def test_conditions_are_typed_among_the_filters_and_mended_where_they_cannot_be_read(
    open_page: OpenPage, live_server: str
) -> None:
    page = open_page(f"{live_server}/models?family=statistical&ticked=model-x", scripts=False)
    page.get_by_label("Conditions", exact=True).fill("test_roc_auc >= 0.9 or or lacks aic")
    page.get_by_role("button", name="Apply").click()
    expect(page.locator(".mreg-sentence")).to_contain_text(f"\n{' ' * 23}^")
    page.get_by_label("Conditions", exact=True).fill("test_roc_auc >= 0.9 or lacks aic")
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_role("list", name="Filters that are set")).to_contain_text("family: statistical")
    expect(page.get_by_label("Conditions", exact=True)).to_have_value("test_roc_auc >= 0.9 or lacks aic")
    assert "ticked=model-x" in page.url


def test_an_empty_list_names_the_filter_to_loosen(open_page: OpenPage, live_server: str) -> None:
    page = open_page(f"{live_server}/models?q=theophylline&family=deep_learning", scripts=False)
    expect(page.get_by_role("heading", name="0 models")).to_be_visible()
    page.get_by_role("link", name="Without “family: deep learning”").click()
    expect(page.locator(".mreg-entry").first).to_contain_text("Theophylline")


def test_a_wrong_value_says_so_and_leads_back_to_the_list_without_it(
    open_page: OpenPage, live_server: str
) -> None:
    page = open_page(f"{live_server}/models?family=statistical&metric=rmse~3", scripts=False)
    expect(page.locator("main")).to_contain_text("is not a condition")
    page.get_by_role("link", name="The list without metric").click()
    assert page.url == f"{live_server}/models?family=statistical"
