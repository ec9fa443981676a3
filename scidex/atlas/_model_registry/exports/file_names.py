"""The names of downloaded files: they contain model and version, so that the files of two models do not collide."""

import hashlib
import re
from typing import Final

# Characters that a file name may have on every system.
_NOT_IN_NAMES: Final = re.compile(r"[^A-Za-z0-9._-]+")
# With the longest ending, far below the 255 bytes that file systems allow.
_LONGEST: Final = 120


def stem(artifact_id: str) -> str:
    """Return the id as part of a file name; an id with other or too many characters gets a digest, to stay unique."""
    plain = _NOT_IN_NAMES.sub("-", artifact_id).strip("-.")[:_LONGEST]
    if plain == artifact_id:
        return plain
    digest = hashlib.sha256(artifact_id.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    return "-".join(filter(None, (plain, digest)))


def model_file_name(model_id: str, version: int, name: str) -> str:
    """Return ``ID-vVERSION.NAME``, with the version once if the id ends with it."""
    named, ending = stem(model_id), f"-v{version}"
    return f"{named}{'' if named.endswith(ending) else ending}.{name}"


def comparison_file_name(digest: str, name: str) -> str:
    """Return the file name of a comparison, with the beginning of its digest as in its BibTeX key."""
    kind, _, ending = name.partition(".")
    return f"{kind}-{digest[:12]}.{ending}"
