"""``CITATION.cff``, Citation File Format 1.2.0 (https://github.com/citation-file-format/citation-file-format)."""

import re
from typing import Any, Final

from scidex.atlas._model_registry.exports.citation.facts import Citation, citation
from scidex.atlas._model_registry.exports.record import Record
from scidex.atlas._model_registry.exports.trust import trust_sentences
from scidex.atlas._model_registry.exports.yaml_text import as_yaml

_WEB_ADDRESS: Final = re.compile(r"(https?|s?ftp)://\S+")


def as_cff(record: Record) -> bytes:
    """Write how to cite the model version. Its type is software, as the format knows no models."""
    cited = citation(record)
    described: dict[str, Any] = {
        "cff-version": "1.2.0",
        "message": "To cite this version of the model, use these metadata.",
        "type": "software",
        "title": cited.title,
        "abstract": " ".join(trust_sentences(record)),
        "authors": [{"name": cited.agent or _unknown_authors(cited)}],
        "version": cited.version,
        **({"date-released": cited.date} if cited.date else {}),
        "url": cited.address,
        "identifiers": _identifiers(cited),
        **_code(record),
    }
    return as_yaml(described).encode()


def _unknown_authors(cited: Citation) -> str:
    """Name authors that nobody registered as the format's guide does: by the title of the work."""
    return f"The authors of {cited.title}"


def _identifiers(cited: Citation) -> list[dict[str, str]]:
    return [
        {"type": "url", "value": cited.address, "description": "The page of this version"},
        {"type": "other", "value": cited.id, "description": "Its id in the registry"},
    ]


def _code(record: Record) -> dict[str, str]:
    version = record.model["model_version"]
    if version is None:
        return {}
    repository, commit = version["code_repo_url"], version["code_commit_sha"]
    found = {"repository-code": repository} if repository and _WEB_ADDRESS.fullmatch(repository) else {}
    return {**found, **({"commit": commit} if commit else {})}
