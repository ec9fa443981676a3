"""``CITATION.cff``, Citation File Format 1.2.0 (https://github.com/citation-file-format/citation-file-format)."""

import re
from typing import Any, Final

from scidex.atlas._model_registry.exports.citation.facts import Citation, citation
from scidex.atlas._model_registry.exports.plain_text import one_line
from scidex.atlas._model_registry.exports.record import Record
from scidex.atlas._model_registry.exports.trust import trust_sentences
from scidex.atlas._model_registry.exports.yaml_text import as_yaml

# Licences that are not in the format's list.
_NOT_IN_ITS_LIST: Final = frozenset({"BUSL-1.0", "CDLA-Permissive-2.0", "ETALAB-2.0", "NLOD-2.0"})
_WEB_ADDRESS: Final = re.compile(r"(https?|s?ftp)://\S+")


def as_cff(record: Record) -> bytes:
    """Return how to cite the model version. Its type is software, as the format has no type for models."""
    cited = citation(record)
    described: dict[str, Any] = {
        "cff-version": "1.2.0",
        "message": "To cite this version of the model, use these metadata.",
        "type": "software",
        "title": cited.title,
        "abstract": _abstract(record, cited),
        "authors": _authors(cited),
        "version": cited.version,
        **({"date-released": cited.date} if cited.date else {}),
        **({"license": licence} if (licence := _licence(cited)) else {}),
        "url": cited.address,
        "identifiers": _identifiers(cited),
        **_code(record),
    }
    return as_yaml(described).encode()


def _abstract(record: Record, cited: Citation) -> str:
    """Return what the format has no fields for: trust, a licence in words, publications."""
    sentences = [record.model["card"]["summary"] or "", *trust_sentences(record)]
    if cited.licence_words and not _licence(cited):
        sentences.append(f"Licence: {cited.licence_words}.")
    sentences += [f"Described in: {text}." for text in cited.published_in]
    return one_line(" ".join(sentences))


def _licence(cited: Citation) -> str | None:
    return None if cited.spdx in _NOT_IN_ITS_LIST else cited.spdx


def _authors(cited: Citation) -> list[dict[str, str]]:
    """Return the authors; where none is registered, a name from the title, as the format's guide suggests."""
    orcids = {one_line(author["name"]): author["orcid"] for author in cited.authors}
    names = cited.names or [f"The authors of {cited.title}"]
    return [
        {"name": name, **({"orcid": f"https://orcid.org/{orcid}"} if (orcid := orcids.get(name)) else {})}
        for name in names
    ]


def _identifiers(cited: Citation) -> list[dict[str, str]]:
    hashed = one_line(cited.content_hash or "")
    return [
        {"type": "url", "value": cited.address, "description": "The page of this version"},
        {"type": "other", "value": cited.id, "description": "Its id in the registry"},
        *([{"type": "other", "value": hashed, "description": "The hash of its content"}] if hashed else []),
    ]


def _code(record: Record) -> dict[str, str]:
    version = record.model["model_version"]
    if version is None:
        return {}
    repository, commit = version["code_repo_url"], version["code_commit_sha"]
    found = {"repository-code": repository} if repository and _WEB_ADDRESS.fullmatch(repository) else {}
    return {**found, **({"commit": commit} if commit else {})}
