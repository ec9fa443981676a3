"""A figure's own picture as the address of an image: SVG or PNG of bounded size, never as markup."""

import base64
import binascii
from dataclasses import dataclass
from typing import Final

from scidex.atlas._model_registry.pages.parts.svg_image import MOST_IMAGE_BYTES, svg_image
from scidex.atlas._model_registry.records.models import Json

_PNG: Final = b"\x89PNG\r\n\x1a\n"
_HEADER_END = 33  # signature, length and type of the first chunk, its 13 bytes, checksum
_MOST_PIXELS = 25_000_000  # a browser unpacks four bytes for each
_SVG_PREFIX, _PNG_PREFIX = "data:image/svg+xml;base64,", "data:image/png;base64,"


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnImage:
    """An image as a data address; ``fault`` tells why there is none to show."""

    address: str | None
    fault: str | None = None


def own_image(metadata: Json) -> OwnImage | None:
    """Return the image under ``svg`` (markup), ``png`` (base64) or ``image`` (a data address); None without any."""
    if not isinstance(metadata, dict):
        return None
    for key, read in (("svg", _svg), ("png", _png), ("image", _data)):
        value = metadata.get(key)
        if isinstance(value, str) and value.strip():
            return read(value.strip())
    return None


def _data(value: str) -> OwnImage | None:
    if value.startswith(_PNG_PREFIX):
        return _png(value.removeprefix(_PNG_PREFIX))
    if value.startswith(_SVG_PREFIX):
        decoded = _decoded(value.removeprefix(_SVG_PREFIX))
        return _refused("is not base64") if decoded is None else _svg(decoded.decode(errors="replace"))
    return _svg(value) if value.startswith("<") else None


def _svg(value: str) -> OwnImage:
    cleaned = svg_image(value)
    if cleaned is None:
        return _refused(f"is not an SVG without entities of at most {MOST_IMAGE_BYTES:,} bytes")
    return OwnImage(address=_SVG_PREFIX + base64.b64encode(cleaned).decode())


def _png(value: str) -> OwnImage:
    data = _decoded(value.removeprefix(_PNG_PREFIX))
    if data is None or not data.startswith(_PNG) or data[12:16] != b"IHDR" or len(data) < _HEADER_END:
        return _refused(f"is not a PNG of at most {MOST_IMAGE_BYTES:,} bytes, in base64")
    width, height = int.from_bytes(data[16:20]), int.from_bytes(data[20:24])
    if not 0 < width * height <= _MOST_PIXELS:
        return _refused(f"has {width:,} × {height:,} pixels; at most {_MOST_PIXELS:,} are shown")  # noqa: RUF001
    return OwnImage(address=_PNG_PREFIX + base64.b64encode(data).decode())


def _decoded(value: str) -> bytes | None:
    if len(value) > MOST_IMAGE_BYTES * 4 // 3 + 4:
        return None
    try:
        return base64.b64decode("".join(value.split()), validate=True)
    except (binascii.Error, ValueError):
        return None


def _refused(why: str) -> OwnImage:
    return OwnImage(address=None, fault=f"Its picture is not shown: it {why}.")
