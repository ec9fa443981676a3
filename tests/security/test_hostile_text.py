"""Hostile rows over HTTP, without a browser: nothing of their text becomes an element, a header or a formula."""

import csv
import io
import re
from html.parser import HTMLParser
from urllib.parse import quote

import psycopg
import pytest
from starlette.testclient import TestClient
from typing_extensions import override

from tests.browser.hostile_rows import insert_hostile_rows
from tests.registry import rows

ATTRIBUTES_OF_SCRIPTS = re.compile(r"on\w+|srcdoc|style|ping")
FORMULAS = ["=1+1", "+1", "-1+cmd|'/C calc'!A0", "@SUM(A1)", "\t=1", "\r=1", '=HYPERLINK("//evil.example")']


class Elements(HTMLParser):
    """Notes what a browser would make of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.dangerous: list[str] = []
        self.feed(page)
        self.close()

    @override
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        described = tag == "script" and attrs == [("type", "application/ld+json")]  # data, which nothing runs
        if not described and tag in {"script", "img", "iframe", "object", "embed", "base", "style"}:
            self.dangerous.append(tag)
        for name, value in attrs:
            leads = name in {"href", "src", "action", "formaction", "xlink:href"} and not _harmless(
                value or ""
            )
            if leads or ATTRIBUTES_OF_SCRIPTS.fullmatch(name):
                self.dangerous.append(f"{tag} {name}={value}")


def _harmless(address: str) -> bool:
    return address.startswith(("#", "?", "data:,")) or bool(re.match(r"/(?![/\\])", address))


def hostile_addresses(models: list[str]) -> dict[str, int]:
    """Return addresses of pages, and the status of each."""
    one, two = (quote(model_id, safe="") for model_id in models)
    return {
        "/models": 200,
        f"/models/{one}": 200,
        f"/models/compare?ids={one}&ids={two}": 200,
        f"/models/compare?ids={one}&ids={two}&differences=only&baseline={two}": 200,
        f"/models?q={one}": 200,
        f"/models?dataset={one}&hypothesis={two}&analysis={one}&sort=metric:{one}": 200,
        f"/models?{one[:300]}=1": 422,
        f"/models?limit={one}": 422,
        f"/models/{one[:200]}": 404,
        f"/models/compare?ids={one[:200]}&ids=x": 404,
        f"/models/compare?ids={one}&ids={two}&baseline={one[:200]}": 422,
    }


def test_hostile_text_is_text_on_every_page(conn: psycopg.Connection, client: TestClient) -> None:
    for address, status in hostile_addresses(insert_hostile_rows(conn)).items():
        answer = client.get(address)
        assert answer.status_code == status, address
        assert answer.headers["content-type"] == "text/html; charset=utf-8"
        assert Elements(answer.text).dangerous == [], address
        assert "&lt;script&gt;" in answer.text, address


def test_hostile_text_is_in_no_header(conn: psycopg.Connection, client: TestClient) -> None:
    models = insert_hostile_rows(conn)
    asked = "&".join(f"ids={quote(model_id, safe='')}" for model_id in models)
    for form in ("csv", "md"):
        answer = client.get(f"/api/models/compare?{asked}&format={form}")
        assert answer.status_code == 200
        named = rf'attachment; filename="comparison-[0-9a-f]{{12}}\.{form}"'
        assert re.fullmatch(named, answer.headers["content-disposition"])
        assert answer.headers["x-content-type-options"] == "nosniff"
    for address in (
        *hostile_addresses(models),
        f"/api/models/compare?{asked}&format=csv",
        f"/api/models/%0d%0aX: 1{asked}",
    ):
        for name, value in client.get(address).headers.items():
            # Signposts hold the id percent-encoded whole.
            assert "hacked" not in value or (
                name == "link" and not re.search(r"[\s'\"]hacked|hacked[\s=]", value)
            )
            assert "\n" not in value


@pytest.mark.parametrize("formula", FORMULAS)
def test_no_cell_of_a_file_is_a_formula(conn: psycopg.Connection, client: TestClient, formula: str) -> None:
    for model_id in (f"{formula}1", f"{formula}2"):
        metadata = {
            "model_family": "statistical",
            "evaluation_metrics": {formula: 1.5},
            "formula": formula + model_id,
        }
        metadata |= {
            "metric_metadata": {formula: {"unit": formula}},
            "coefficients": {formula: formula + model_id},
        }
        rows.model(conn, model_id, metadata)
    asked = "&".join(f"ids={quote(formula + number, safe='')}" for number in "12")
    answer = client.get(f"/api/models/compare?{asked}&format=csv")
    cells = [cell for row in csv.reader(io.StringIO(answer.text, newline="")) for cell in row]
    assert any(formula in cell for cell in cells)
    # A spreadsheet takes for a formula what begins so; numbers that the registry wrote itself are none.
    at_fault = [
        cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r")) and not _is_number(cell)
    ]
    assert at_fault == []


def _is_number(cell: str) -> bool:
    return re.fullmatch(r"-?\d+(\.\d+)?(e[+-]?\d+)?", cell) is not None
