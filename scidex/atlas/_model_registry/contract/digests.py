"""A comparison as the bytes that the JSON route sends, and their digest, by which files and pages name it."""

import hashlib
import json

from scidex.atlas._model_registry.contract.answers import Comparison


def json_text(comparison: Comparison) -> str:
    """Return a comparison as the route sends it, byte for byte."""
    return json.dumps(comparison, ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def digest_of(text: str) -> str:
    """Return the SHA-256, in hex, of a text in UTF-8."""
    return hashlib.sha256(text.encode()).hexdigest()
