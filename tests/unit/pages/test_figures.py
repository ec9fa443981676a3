"""What a figure artifact shows: its chart data drawn, or the SVG or PNG it brings, fit for an image."""

import base64
import struct
import zlib
from typing import Any

import pytest

from scidex.atlas._model_registry.pages.parts.chart_data import chart_picture
from scidex.atlas._model_registry.pages.parts.own_image import own_image
from scidex.atlas._model_registry.pages.parts.svg_image import svg_image

OPEN = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9">'


def svg(inside: str) -> str:
    return f"{OPEN}{inside}</svg>"


def png(width: int, height: int) -> bytes:
    """Return the start of a PNG of a size: signature and header."""
    header = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + header + struct.pack(">I", zlib.crc32(header))


def chart(x: list[Any], y: list[Any]) -> dict[str, Any]:
    return {
        "chart": "Held-out",
        "x": {"label": "time, hr", "values": x},
        "y": {"label": "mg/L", "values": y},
    }


def test_points_are_joined_only_where_both_columns_run_one_way() -> None:
    roc = chart_picture(chart([0, 0, 0.5, 1], [0, 0.4, 0.9, 1]))
    scatter = chart_picture(chart([3, 1, 2], [1, 2, 3]))
    assert roc is not None
    assert scatter is not None
    assert (len(roc.panels[0].lines), len(roc.panels[0].dots)) == (1, 0)
    assert (len(scatter.panels[0].lines), len(scatter.panels[0].dots)) == (0, 1)
    assert (roc.title, roc.table.head, roc.table.rows[2]) == (
        "Held-out",
        ["time, hr", "mg/L"],
        ["0.5", "0.9"],
    )


@pytest.mark.parametrize(
    "metadata",
    [
        None,
        [],
        {},
        chart([], []),
        chart([1], [1, 2]),
        chart([1, "2"], [1, 2]),
        chart([1, True], [1, 2]),
        chart([1, 1e400], [1, 2]),
        {"x": {"values": {}}, "y": 3},
    ],
)
def test_only_charts_are_drawn(metadata: Any) -> None:
    assert chart_picture(metadata) is None


@pytest.mark.parametrize(
    "bad",
    [
        "<script>alert(1)</script>",
        '<rect onload="alert(1)"/>',
        '<a xlink:href="javascript:alert(1)"><rect/></a>',
        '<foreignObject><p xmlns="http://www.w3.org/1999/xhtml">x</p></foreignObject>',
        '<image href="https://example.org/x.png"/>',
        '<use href="https://example.org/x.svg#a"/>',
        '<rect style="fill:url(https://example.org/x)"/>',
        "<style>@import url(https://example.org/x.css);</style>",
        '<rect fill="u\\rl(https://example.org)"/>',
        '<filter id="f"><feGaussianBlur stdDeviation="1000"/></filter>',
        '<animate attributeName="x" dur="1s"/>',
    ],
)
def test_what_acts_or_leads_elsewhere_is_left_out(bad: str) -> None:
    cleaned = svg_image(svg(f'{bad}<path d="M0 0h9"/>'))
    assert cleaned is not None
    text = cleaned.decode()
    assert "path" in text
    for sign in ("alert", "example.org", "script", "foreign", "onload", "feGaussian", "animate"):
        assert sign not in text


def test_the_document_type_that_plotting_programs_write_is_accepted() -> None:
    written = (
        '<?xml version="1.0" encoding="utf-8" standalone="no"?>\n<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN"\n'
        '  "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">\n'
    )
    assert svg_image(written + svg("<path/>")) is not None


def test_shapes_text_gradients_and_plain_references_stay() -> None:
    inside = (
        '<style>.a { fill: #123 }</style><defs><path id="m" d="M0 0h1"/><linearGradient id="l"/></defs>'
        '<use xlink:href="#m" x="3"/><rect class="a" fill="url(#l)"/><text>label</text>'
    )
    cleaned = svg_image(svg(inside))
    assert cleaned is not None
    for kept in ("fill: #123", 'href="#m"', "url(#l)", "label", 'viewBox="0 0 9 9"'):
        assert kept in cleaned.decode()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "<p>no svg</p>",
        svg("<g>"),
        '<!DOCTYPE svg [<!ENTITY a "aaaa">]>' + svg("&a;"),
        svg("<g>" * 5_000 + "</g>" * 5_000),
        svg("<g/>" * 30_000),
        svg(f"<desc>{'x' * 600_000}</desc>"),
        svg('<g id="a"><path/></g><g id="b"><use href="#a"/><use href="#a"/></g><use href="#b"/>'),
        svg('<g id="a"><use href="#a"/></g>'),
        svg('<g id="a">' + "<path/>" * 1_000 + "</g>" + '<use href="#a"/>' * 1_000),
        "\ud800",
    ],
)
def test_an_svg_must_be_well_formed_and_in_proportion(text: str) -> None:
    assert svg_image(text) is None


def test_an_image_comes_as_a_data_address_and_never_as_markup() -> None:
    drawn = own_image({"svg": svg("<path/>")})
    assert drawn is not None
    assert str(drawn.address).startswith("data:image/svg+xml;base64,")
    encoded = base64.b64encode(png(20, 30)).decode()
    both: list[Any] = [{"png": encoded}, {"image": f"data:image/png;base64,{encoded}"}]
    for metadata in both:
        shown = own_image(metadata)
        assert shown is not None
        assert shown.address == f"data:image/png;base64,{encoded}"


@pytest.mark.parametrize(
    ("metadata", "why"),
    [
        ({"png": base64.b64encode(png(100_000, 100_000)).decode()}, "100,000 × 100,000 pixels"),  # noqa: RUF001
        ({"png": base64.b64encode(png(0, 5)).decode()}, "0 × 5 pixels"),  # noqa: RUF001
        ({"png": "!!!"}, "not a PNG"),
        ({"png": base64.b64encode(b"GIF89a" + bytes(40)).decode()}, "not a PNG"),
        ({"png": "A" * 800_000}, "not a PNG"),
        ({"svg": "<p/>"}, "not an SVG"),
        ({"image": "data:image/svg+xml;base64,###"}, "not base64"),
    ],
)
def test_what_cannot_be_shown_says_why(metadata: Any, why: str) -> None:
    refused = own_image(metadata)
    assert refused is not None
    assert refused.address is None
    assert why in str(refused.fault)


@pytest.mark.parametrize(
    "metadata", [None, {}, {"svg": 3}, {"image": "https://example.org/x.png"}, {"png": " "}]
)
def test_without_an_image_of_its_own_nothing_is_said(metadata: Any) -> None:
    assert own_image(metadata) is None
