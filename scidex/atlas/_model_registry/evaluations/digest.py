"""The digest of columns: the same for equal columns, in every process and for every way of writing them."""

import hashlib
import json
from dataclasses import fields

from scidex.atlas._model_registry.records.evaluations import Columns


def columns_digest(columns: Columns) -> str:
    """Return the SHA-256 of the columns, in hex. The order of rows counts."""
    written = json.dumps(_by_name(columns), sort_keys=True, separators=(",", ":"), allow_nan=False)
    return hashlib.sha256(written.encode()).hexdigest()


def _by_name(columns: Columns) -> dict[str, object]:
    # asdict would copy every number.
    named = {field.name: getattr(columns, field.name) for field in fields(columns)}
    parts = {name: getattr(columns, name) for name in ("x", "curve") if named[name] is not None}
    for name, part in parts.items():
        named[name] = {field.name: getattr(part, field.name) for field in fields(part)}
    return named
