"""The templates: they read what is declared, link nothing foreign, and show hostile text as text."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from itertools import pairwise
from typing import Any, cast, get_args, get_type_hints

import pytest
from jinja2 import Environment, FileSystemLoader, meta
from typing_extensions import override

from scidex.atlas._model_registry.contract.answers import ChangeKind, Comparison, FindingCode, RelatedDatasets
from scidex.atlas._model_registry.pages import rendering
from scidex.atlas._model_registry.pages.compare.page import ComparePageContext
from scidex.atlas._model_registry.pages.error_page import ErrorPageContext
from tests.unit.pages import example_comparison as example
from tests.unit.pages.example_models import IDS, MLP
from tests.unit.pages.example_provenance import node

HOSTILE = "</script><script>alert(1)</script>\"'><img src=x onerror=alert(2)>\u202eRTL👩‍🔬\\u0000 {{ 7*7 }}"

# What the answers take from a closed set of words.
CLOSED = {"direction", "section", "status", "rule", "origin", "provenance_missing", "model_family"}
CLOSED |= {
    *("aic", "bic"),  # known by their names, which put them under a title of their own
    "active",  # the usual state, which the page does not mention
    "created_at",
    "origin_type",
    *get_args(get_type_hints(RelatedDatasets)["relation"]),
    *get_args(ChangeKind),
    *get_args(FindingCode),
}


class Tags(HTMLParser):
    """Collects the elements, attributes and text of a page."""

    def __init__(self, page: str) -> None:
        """Read a whole page."""
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(page)

    @override
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element."""
        self.elements.append((tag, dict(attrs)))

    @override
    def handle_data(self, data: str) -> None:
        """Note text."""
        self.text += data


def rendered(comparison: Comparison, templates: Environment | None = None) -> str:
    """Render the compare page."""
    return rendering.render_compare_page(
        templates or rendering.own_templates(), comparison, only_differences=False, histories=None
    )


def spoilt(value: Any, suffix: str) -> Any:
    """Add a text to every free text and id of an answer, the same to each, so that references still hold."""
    match value:
        case str():
            return value if value in CLOSED else value + suffix
        case dict():
            return {
                (key if key in VOCABULARY else key + suffix): one if key in CLOSED else spoilt(one, suffix)
                for key, one in value.items()
            }
        case list():
            return [spoilt(one, suffix) for one in value]
        case _:
            return value


def _field_names(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        yield from (key for key in value if key not in IDS)
        for one in value.values():
            yield from _field_names(one)
    if isinstance(value, list):
        for one in value:
            yield from _field_names(one)


VOCABULARY = set(_field_names(example.comparison()))


@pytest.mark.parametrize(
    ("template", "context"),
    [("model_registry/compare.html", ComparePageContext), ("model_registry/error.html", ErrorPageContext)],
)
def test_a_template_reads_all_of_its_declared_context_and_nothing_else(template: str, context: type) -> None:
    assert _variables(template) == set(get_type_hints(context)) | (
        {"stylesheet", "margins"} & _variables(template)
    )


def _variables(template: str) -> set[str]:
    environment = rendering.own_templates()
    loader = environment.loader
    assert loader is not None
    syntax = environment.parse(loader.get_source(environment, template)[0])
    found = meta.find_undeclared_variables(syntax)
    for part in meta.find_referenced_templates(syntax):
        if part != "base.html":
            found |= _variables(cast("str", part))
    return found


def test_the_page_has_its_sections_in_order_and_one_first_heading() -> None:
    page = Tags(rendered(example.comparison()))
    sections = [attributes["id"] for tag, attributes in page.elements if tag == "section"]
    assert sections == [
        "models",
        "verdict",
        "evidence",
        "metrics",
        "configuration",
        "training-data",
        "inputs",
        "provenance",
    ]
    levels = [int(tag[1]) for tag, _ in page.elements if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_no_id_of_the_page_is_used_twice() -> None:
    ids = [
        attributes["id"]
        for _, attributes in Tags(rendered(example.comparison())).elements
        if "id" in attributes
    ]
    assert len(ids) == len(set(ids))


def test_the_page_needs_no_script_no_inline_style_and_no_foreign_origin() -> None:
    page = Tags(rendered(example.comparison()))
    for tag, attributes in page.elements:
        assert tag not in {"script", "style", "iframe", "object", "embed", "img"}
        assert not {name for name in attributes if name == "style" or name.startswith("on")}
        for name in ("href", "src", "action"):
            assert (attributes.get(name) or "/").startswith(("/", "#", "data:,"))
        assert not (attributes.get("href") or "").startswith("//")


@pytest.mark.parametrize("bare", [False, True], ids=["own templates", "a host that does not escape"])
def test_hostile_text_in_every_field_stays_text(bare: bool) -> None:
    templates = rendering.own_templates()
    if bare:
        templates = Environment(loader=FileSystemLoader(rendering._CHECKOUT / "templates"), autoescape=False)  # noqa: S701 -- the point of the test
    plain = Tags(rendered(example.comparison()))
    hostile = Tags(rendered(cast("Comparison", spoilt(example.comparison(), HOSTILE)), templates))
    folds = {"details", "summary", "p", "bdi", "text", "span", "wbr"}  # long text folds and wraps
    assert _shape(hostile, without=folds) == _shape(plain, without=folds)
    assert "<script>alert(1)</script>" in hostile.text
    assert "{{ 7*7 }}" in hostile.text


def _shape(page: Tags, without: set[str]) -> list[tuple[str, list[str]]]:
    return [(tag, sorted(attributes)) for tag, attributes in page.elements if tag not in without]


def test_five_thousand_characters_are_cut_where_they_would_drown_the_page_and_kept_whole_where_they_belong() -> (
    None
):
    comparison = example.comparison()
    long = "word " * 1000
    comparison["models"][0]["title"] = long
    comparison["metadata_diff"][0]["values"][MLP] = {"value": long}
    page = rendered(comparison)
    assert "Full title of A" in page
    assert page.count(long.strip()) == 2
    assert len(page) < 150_000


def test_a_drawing_too_large_for_paper_says_so_there() -> None:
    comparison = example.comparison()
    assert "too large for paper" not in rendered(comparison)
    comparison["provenance"]["graph"]["nodes"] += [node(f"more-{i}", "dataset", None, 3) for i in range(60)]
    page = rendered(comparison)
    assert page.count("too large for paper") == 1
    assert page.count("mreg-drawing--large") == 1


def test_an_error_page_says_what_happened_and_where_to_go() -> None:
    page = rendering.render_error_page(rendering.own_templates(), status=404, sentence="no model <x>")
    assert "Error 404" in page
    assert "Not found" in page
    assert "No model &lt;x&gt;." in page
    assert '<a href="/models">' in page


@pytest.mark.parametrize("status", [422, 500, 503, 599])
def test_every_status_has_an_error_page(status: int) -> None:
    assert f"Error {status}" in rendering.render_error_page(
        rendering.own_templates(), status=status, sentence="no"
    )


def test_the_stylesheet_is_linked_by_its_content_and_loads_nothing() -> None:
    page = rendered(example.comparison())
    assert re.search(r'href="/models/assets/registry\.css\?[0-9a-f]{12}"', page)
    style = rendering.stylesheet(rendering.own_templates())
    assert ".mreg" in style
    assert "url(" not in style
    assert "@import" not in style
