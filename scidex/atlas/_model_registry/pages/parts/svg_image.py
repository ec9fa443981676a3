"""SVG of any author made safe to show as an image: only shapes, text and gradients; nothing that acts or grows."""

import re
from collections import Counter
from typing import Final
from xml.etree import ElementTree as ET

MOST_IMAGE_BYTES: Final = 500_000

_SVG, _XLINK = "{http://www.w3.org/2000/svg}", "{http://www.w3.org/1999/xlink}"
_MOST_ELEMENTS, _MOST_LEVELS, _MOST_COPIES = 20_000, 60, 200_000
# Left out are scripts, foreign markup and images; animation; filters, patterns, masks and markers, which can be
# nested until drawing never ends.
_KEPT: Final = frozenset(
    {
        "svg",
        "g",
        "a",
        "defs",
        "symbol",
        "title",
        "desc",
        "path",
        "rect",
        "circle",
        "ellipse",
        "line",
        "polyline",
    }
    | {"polygon", "text", "tspan", "use", "clipPath", "linearGradient", "radialGradient", "stop", "style"}
)
# The beginning that matplotlib and Graphviz write; a document type with an internal subset could define entities.
_PLAIN_TYPE = re.compile(r"<!DOCTYPE\s+svg\b[^\[\]<>]*>")
_ACTS = re.compile(r"@|\\|expression|javascript:|clip-path\s*:|url\(\s*['\"]?\s*(?!#)", re.IGNORECASE)


def svg_image(text: str) -> bytes | None:
    """Return an SVG document with allowed elements and attributes only.

    None where it is not SVG, declares entities, exceeds 500 kB, or has references that multiply what is drawn.
    """
    if len(text.encode(errors="replace")) > MOST_IMAGE_BYTES:
        return None
    text = _PLAIN_TYPE.sub("", text, count=1)
    if re.search(r"<!(DOCTYPE|ENTITY)", text, re.IGNORECASE):
        return None
    try:
        root = ET.fromstring(text)  # noqa: S314 -- documents with entities were refused above
    except (ET.ParseError, ValueError):
        return None
    if root.tag != f"{_SVG}svg" or not _is_bounded(root):
        return None
    _clean(root, in_clip=False)
    if not _uses_are_bounded(root):
        return None
    ET.register_namespace("", _SVG[1:-1])
    ET.register_namespace("xlink", _XLINK[1:-1])
    cleaned: bytes = ET.tostring(root, encoding="utf-8")
    return cleaned


def _is_bounded(root: ET.Element) -> bool:
    level, count = [root], 0
    for _ in range(_MOST_LEVELS):
        count += len(level)
        level = [child for element in level for child in element]
        if not level or count > _MOST_ELEMENTS:
            break
    return not level and count <= _MOST_ELEMENTS


def _clean(element: ET.Element, *, in_clip: bool) -> None:
    for name, value in list(element.attrib.items()):
        # Clips of clips can be nested until drawing never ends.
        if not _may_stay(name, value) or (in_clip and name == "clip-path"):
            del element.attrib[name]
    for child in list(element):
        if _is_kept(child):
            _clean(child, in_clip=in_clip or element.tag == f"{_SVG}clipPath")
        else:
            element.remove(child)


def _is_kept(element: ET.Element) -> bool:
    if not element.tag.startswith(_SVG) or element.tag.removeprefix(_SVG) not in _KEPT:
        return False
    return element.tag != f"{_SVG}style" or not _ACTS.search(element.text or "")


def _may_stay(name: str, value: str) -> bool:
    local = name.rpartition("}")[2].lower()
    if local == "href":
        return value.startswith("#")
    return not local.startswith("on") and not _ACTS.search(value)


def _uses_are_bounded(root: ET.Element) -> bool:
    """Return whether references copy little: none copies other references, and all copy few elements in total."""
    parents = {child: parent for parent in root.iter() for child in parent}
    uses = list(root.iter(f"{_SVG}use"))
    holding: set[ET.Element] = set()
    for use in uses:
        above: ET.Element | None = use
        while above is not None and above not in holding:
            holding.add(above)
            above = parents.get(above)
    if {element.get("id") for element in holding} & {_target(use) for use in uses} - {None}:
        return False
    times = Counter(map(_target, uses))
    copied = ((times[element.get("id")], element) for element in root.iter() if element.get("id"))
    return sum(count * sum(1 for _ in element.iter()) for count, element in copied if count) <= _MOST_COPIES


def _target(use: ET.Element) -> str | None:
    address = use.get("href") or use.get(f"{_XLINK}href")
    return address.removeprefix("#") if address else None
