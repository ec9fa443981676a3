"""What a downloaded file is called: after its model and version, so that the files of two models lie side by side."""

import hashlib
import re
from typing import Final

# Letters and signs that a file's name may hold on every system.
_NOT_IN_NAMES: Final = re.compile(r"[^A-Za-z0-9._-]+")
# With the ending of the longest format far below the 255 bytes that file systems take.
_LONGEST: Final = 120


def stem(artifact_id: str) -> str:
    """Return the id as a file may be called; one that holds other characters, or many, keeps its own by a digest."""
    plain = _NOT_IN_NAMES.sub("-", artifact_id).strip("-.")[:_LONGEST]
    if plain == artifact_id:
        return plain
    digest = hashlib.sha256(artifact_id.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    return "-".join(filter(None, (plain, digest)))


def model_file_name(model_id: str, version: int, name: str) -> str:
    """Return ``ID-vVERSION.NAME``; an id that ends with its version says it once."""
    named, ending = stem(model_id), f"-v{version}"
    return f"{named}{'' if named.endswith(ending) else ending}.{name}"


def comparison_file_name(digest: str, name: str) -> str:
    """Return a comparison's name with the beginning of its digest, as its BibTeX key has it."""
    kind, _, ending = name.partition(".")
    return f"{kind}-{digest[:12]}.{ending}"
