"""FAIR Signposting (https://signposting.org/FAIR/): typed links in a header, for programs."""

from collections.abc import Iterator
from typing import Final

from scidex.atlas._model_registry.exports.citation.facts import citation
from scidex.atlas._model_registry.exports.formats import FORMATS
from scidex.atlas._model_registry.exports.record import Record
from scidex.atlas._model_registry.pages.words.addresses import file_address

_DESCRIBES: Final = ("json", "jsonld", "datacite")
_TYPES: Final = ("https://schema.org/CreativeWork", "https://w3id.org/fair4ml/MLModel")
# Proxies refuse larger headers, and ids of a thousand characters would make one.
_MOST_CHARACTERS: Final = 4_000


def signposts(record: Record) -> str:
    """Return the value of the ``Link`` header of a model's page; empty where it would be too long."""
    links = ", ".join(_links(record))
    return links if len(links) <= _MOST_CHARACTERS else ""


def _links(record: Record) -> Iterator[str]:
    cited = citation(record)
    yield f'<{record.address}>; rel="cite-as"'
    for name in _DESCRIBES:
        yield f'<{_file(record, name)}>; rel="describedby"; type="{FORMATS[name].media_type}"'
    yield f'<{_file(record, "crate")}>; rel="item"; type="{FORMATS["crate"].media_type}"'
    yield from (f'<{address}>; rel="type"' for address in _TYPES)
    if cited.spdx:
        yield f'<https://spdx.org/licenses/{cited.spdx}>; rel="license"'
    for author in cited.authors:
        if author["orcid"]:
            yield f'<https://orcid.org/{author["orcid"]}>; rel="author"'


def _file(record: Record, name: str) -> str:
    return record.base + file_address(record.model["id"], name)
