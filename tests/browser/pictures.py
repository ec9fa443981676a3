"""Takes the pictures of docs/images anew, from a server on the demo whose address is the argument."""

import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.browser.conftest import chromium_path

_IMAGES = Path(__file__).resolve().parents[2] / "docs" / "images"
_KINETICS = "ids=model-indomethacin-one-compartment-v1&ids=model-indomethacin-two-compartments-v1"
_CLASSIFIERS = "ids=model-ad-perceptron-v2&ids=model-ad-logistic-v2&ids=model-ad-penalised-v2"

# File, address, width, theme, height, and what to scroll to the top.
_PICTURES = [
    ("compare-1280-dark", f"/models/compare?{_KINETICS}", 1280, "dark", 1480, "#verdict"),
    ("compare-1280-light", f"/models/compare?{_CLASSIFIERS}", 1280, "light", 1640, "#verdict"),
    ("compare-390-light", f"/models/compare?{_CLASSIFIERS}", 390, "light", 844, "#metrics"),
    ("compare-provenance-dark", f"/models/compare?{_KINETICS}", 1280, "dark", 960, "#provenance"),
    ("model-1280-light", "/models/model-indomethacin-two-compartments-v1", 1280, "light", 1640, None),
    ("model-classifier-1280-dark", "/models/model-ad-penalised-v2", 1280, "dark", 1640, None),
    ("model-regression-390-light", "/models/model-amyloid-regression-v3", 390, "light", 2100, "#evidence"),
    ("models-1280-dark", "/models?q=cognitive&provenance=complete", 1280, "dark", 1000, None),
    ("models-390-light", "/models?q=theophylline", 390, "light", 900, "#results"),
]


def take(address: str) -> None:
    """Take every picture from the server at this address."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=["--no-sandbox"])
        for name, path, width, theme, height, top in _PICTURES:
            page = browser.new_page(viewport={"width": width, "height": height}, color_scheme=theme)  # type: ignore[arg-type]  # one of its literals
            page.goto(f"{address}{path}")
            if top:
                page.locator(top).evaluate("one => { one.scrollIntoView(); scrollBy(0, -12) }")
            page.screenshot(path=_IMAGES / f"{name}.png")
            page.close()
        browser.close()


if __name__ == "__main__":
    take(sys.argv[1].rstrip("/"))
