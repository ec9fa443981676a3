"""CSL-JSON, which citation processors read (https://docs.citationstyles.org, schema 1.0.2)."""

import json
from typing import Any

from scidex.atlas._model_registry.exports.citation.facts import PUBLISHER, citation
from scidex.atlas._model_registry.exports.record import Record
from scidex.atlas._model_registry.exports.trust import trust_sentences


def as_csl(record: Record) -> bytes:
    """Return a list of one item. Its type is software, as CSL has no type for models."""
    cited = citation(record)
    item: dict[str, Any] = {
        "id": cited.id,
        "type": "software",
        "title": cited.title,
        "version": cited.version,
        "publisher": PUBLISHER,
        "URL": cited.address,
        "note": " ".join([cited.identity, *trust_sentences(record)]),
    }
    if cited.names:
        item["author"] = [{"literal": name} for name in cited.names]
    if summary := record.model["card"]["summary"]:
        item["abstract"] = summary
    if cited.published_in:
        item["references"] = "; ".join(cited.published_in)
    if cited.date:
        item["issued"] = {"date-parts": [[int(part) for part in cited.date.split("-")]]}
    return (json.dumps([item], ensure_ascii=False, indent=2) + "\n").encode()
