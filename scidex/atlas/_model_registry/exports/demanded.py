"""Hashes and addresses as several formats demand them."""

import re
from typing import Final

_SHA256: Final = re.compile(r"(?:sha256:)?([0-9a-f]{64})")
_WEB_ADDRESS: Final = re.compile(r"https?://[^\s\"<>\\^`{|}\[\]]+")


def sha256_of(content_hash: str | None) -> str | None:
    """Return the hex digits of a content hash; None where it is not a SHA-256."""
    found = _SHA256.fullmatch(content_hash or "")
    return found[1] if found else None


def is_web_address(text: str | None) -> bool:
    """Return whether a text is an HTTP address that is also a valid URI."""
    return bool(_WEB_ADDRESS.fullmatch(text or ""))
