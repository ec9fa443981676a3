"""What has the focus is seen, also where the bar of ticked models stands over the page."""

from tests.browser.conftest import OpenPage


def test_no_focused_element_lies_behind_the_bar(open_page: OpenPage, live_server: str) -> None:
    ticked = "ticked=model-ad-logistic-v2&ticked=model-ad-penalised-v1"
    page = open_page(f"{live_server}/models?q=alzheimer&sort=relevance&{ticked}")
    behind = []
    for _ in range(100):
        page.keyboard.press("Tab")
        focus, bar_bottom = page.evaluate(
            """() => { const focus = document.activeElement, bar = document.querySelector('.mreg-compare-bar');
                const box = focus.getBoundingClientRect(), over = bar.getBoundingClientRect();
                const hidden = !bar.contains(focus) && box.bottom > over.top + 2 && box.top < over.bottom;
                return [hidden ? focus.outerHTML : null, over.bottom] }"""
        )
        assert bar_bottom > 0
        if focus:
            behind.append(focus)
    assert behind == []
