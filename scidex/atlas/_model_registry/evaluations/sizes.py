"""The size of an evaluation, checked before any of its values is read."""

import json
import re
from collections.abc import Mapping

from scidex.atlas._model_registry.evaluations.bounds import MOST_BYTES, MOST_NUMBERS, MOST_ROWS
from scidex.atlas._model_registry.evaluations.faults import Faults

_COLUMNS = ("observed", "predicted", "scores", "weights", "x", "curve")
# PostgreSQL writes 1e-300 with all its zeros; a number counts as long as it is written back.
_EXPONENT = re.compile(rb"(?<=[ \[])-?\d+(?:\.\d+)?e[+-](\d{1,3})(?=[,\]}])")


def fits(metadata: Mapping[str, object], faults: Faults) -> bool:
    """Return whether rows and numbers are within the bounds."""
    observed = metadata.get("observed")
    rows = len(observed) if isinstance(observed, list) else 0
    if rows > MOST_ROWS:
        faults.add(
            "metadata.observed", f"{rows} rows", f"give at most {MOST_ROWS} rows, such as a random sample"
        )
    values = sum(_count(metadata.get(name)) for name in _COLUMNS)
    if values > MOST_NUMBERS:
        faults.add("metadata", f"{values} numbers", f"give at most {MOST_NUMBERS} in all columns")
    return rows <= MOST_ROWS and values <= MOST_NUMBERS


def is_small(metadata: Mapping[str, object], faults: Faults) -> bool:
    """Return whether the metadata, as JSON text written by PostgreSQL, has at most 8 MB."""
    text = json.dumps(metadata, ensure_ascii=False).encode()
    size = len(text) + sum(map(int, _EXPONENT.findall(text)))
    if size > MOST_BYTES:
        faults.add("metadata", f"{size} bytes of JSON", f"give at most {MOST_BYTES}")
    return size <= MOST_BYTES


def _count(value: object) -> int:
    if isinstance(value, list):
        return len(value)
    return sum(map(_count, value.values())) if isinstance(value, Mapping) else 0
