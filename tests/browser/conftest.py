"""Chromium for the browser tests; without Chromium they are skipped."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Literal

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

Theme = Literal["dark", "light"]
OpenPage = Callable[..., Page]

# One width and theme always, all four pairs where there is time: axe takes up to ten seconds for a long page.
LOOKS = [
    (390, "dark"),
    pytest.param(1280, "light", marks=pytest.mark.slow),
    pytest.param(1280, "dark", marks=pytest.mark.slow),
    pytest.param(390, "light", marks=pytest.mark.slow),
]

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def chromium_path() -> str | None:
    """Find the Chromium of this machine."""
    return next(filter(None, map(shutil.which, _NAMES)), None)


def unfold(page: Page) -> None:
    """Open every fold, so that what is checked is all of the page."""
    page.evaluate("document.querySelectorAll('details').forEach(fold => fold.open = true)")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Start the Chromium of this machine."""
    path = chromium_path()
    if path is None:
        pytest.skip("no Chromium in PATH")
    # Chromium's own sandbox does not start as root, nor inside most containers.
    arguments = ["--no-sandbox", "--disable-gpu"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=arguments)
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium: Browser) -> Iterator[OpenPage]:
    """Open an address at a width in CSS pixels, in a theme, with or without scripts."""
    with ExitStack() as contexts:

        def open_(address: str, *, width: int = 1280, theme: Theme = "dark", scripts: bool = True) -> Page:
            context: BrowserContext = chromium.new_context(
                viewport={"width": width, "height": 900}, color_scheme=theme, java_script_enabled=scripts
            )
            contexts.callback(context.close)
            page = context.new_page()
            page.goto(address)
            return page

        yield open_
