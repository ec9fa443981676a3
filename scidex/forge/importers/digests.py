"""Hashes and ids that are the same whenever the same content is imported."""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path

_LONGEST_ID_PART = 100
_DIGEST_PART = 24


def of_bytes(content: bytes) -> str:
    """Return ``sha256:`` and the hash of the bytes, as ``sha256sum`` prints it."""
    return f"sha256:{hashlib.sha256(content).hexdigest()}"


def of_files(files: Mapping[str, Path]) -> str:
    """Return ``sha256:`` and the hash of several files: that of the lines ``<sha256>  <name>``, by name."""
    lines = [
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {name}\n" for name, path in sorted(files.items())
    ]
    return of_bytes("".join(lines).encode())


def of_json(document: object) -> str:
    """Return ``sha256:`` and the hash of a document as JSON with sorted keys and without spaces."""
    text = json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=str)
    return of_bytes(text.encode("utf-8", "surrogatepass"))


def id_of(artifact_type: str, source: str, name: str) -> str:
    """Return the id of an artifact with a ``name`` in its source, such as ``model-wandb-1a2b3c``.

    Names that are long or have characters other than letters, digits, ``.``, ``_`` and ``-`` become a part of their
    hash.
    """
    plain = name.isascii() and all(sign.isalnum() or sign in "._-" for sign in name)
    if not plain or not 0 < len(name) <= _LONGEST_ID_PART:
        name = of_bytes(name.encode("utf-8", "surrogatepass")).removeprefix("sha256:")[:_DIGEST_PART]
    return f"{artifact_type}-{source}-{name}"


def id_of_content(artifact_type: str, source: str, content_hash: str) -> str:
    """Return the id of an artifact without an id in its source, made from its content hash."""
    return f"{artifact_type}-{source}-{content_hash.removeprefix('sha256:')[:_DIGEST_PART]}"
