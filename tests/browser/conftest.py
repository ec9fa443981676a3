"""Chromium for the browser tests; without Chromium they are skipped."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import cache
from typing import Literal, NamedTuple

import psycopg
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, sync_playwright
from pytest_postgresql.executors import NoopExecutor

from tests.browser.hostile_rows import insert_hostile_rows
from tests.conftest import database
from tests.serving import serve

Theme = Literal["dark", "light"]
OpenPage = Callable[..., Page]
Contexts = Callable[..., BrowserContext]

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
    # Chromium's own sandbox does not start as root, nor inside most containers. What draws without a graphics card
    # needs no process of its own.
    arguments = ["--no-sandbox", "--disable-gpu", "--in-process-gpu"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=arguments)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def contexts(chromium: Browser) -> Contexts:
    """Lend the context of a width, a theme and whether scripts run, with a page that keeps its window open.

    A context for each test, or a window for each page, takes twice the time. Pages share a cache and nothing else, as
    those of the catalogue store nothing in the browser.
    """

    @cache
    def lend(width: int, theme: Theme, *, scripts: bool) -> BrowserContext:
        viewport = ViewportSize(width=width, height=900)
        context = chromium.new_context(viewport=viewport, color_scheme=theme, java_script_enabled=scripts)
        context.new_page()
        return context

    return lend


class Hostile(NamedTuple):
    """A server whose rows are hostile in every field, and the ids of its models."""

    address: str
    models: list[str]


@pytest.fixture(scope="session")
def hostile(registry_server: NoopExecutor) -> Iterator[Hostile]:
    """Serve hostile rows."""
    with database(registry_server, "hostile") as dsn:
        with psycopg.connect(dsn) as conn:
            models = insert_hostile_rows(conn)
        with serve(dsn) as address:
            yield Hostile(address, models)


@pytest.fixture
def open_page(contexts: Contexts) -> Iterator[OpenPage]:
    """Open an address at a width in CSS pixels, in a theme, with or without scripts; the page ends with the test."""
    with ExitStack() as pages:

        def open_(address: str, *, width: int = 1280, theme: Theme = "dark", scripts: bool = True) -> Page:
            page = contexts(width, theme, scripts=scripts).new_page()
            pages.callback(page.close)
            page.goto(address)
            return page

        yield open_
