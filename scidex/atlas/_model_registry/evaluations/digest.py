"""The digest of columns: equal for equal columns, in every process and however they were written."""

import hashlib
import json
from dataclasses import asdict

from scidex.atlas._model_registry.records.evaluations import Columns


def digest_of(columns: Columns) -> str:
    """Return the SHA-256 of the columns, in hex. The order of rows counts."""
    written = json.dumps(asdict(columns), sort_keys=True, separators=(",", ":"), allow_nan=False)
    return hashlib.sha256(written.encode()).hexdigest()
