"""A bill of materials, CycloneDX 1.6 as JSON (https://cyclonedx.org/docs/1.6/json/).

It holds the model with its card, and what it depends on. It is written as a plain document, as the object model of
cyclonedx-python-lib drops model cards.
"""

import json
import uuid
from collections.abc import Iterator
from typing import Any, Final
from urllib.parse import quote

from scidex.atlas._model_registry.contract.answers import Node
from scidex.atlas._model_registry.exports.citation.facts import Citation, citation
from scidex.atlas._model_registry.exports.demanded import is_web_address, sha256_of
from scidex.atlas._model_registry.exports.measured import Measured, measured
from scidex.atlas._model_registry.exports.plain_text import one_line
from scidex.atlas._model_registry.exports.record import Record
from scidex.atlas._model_registry.exports.trust import trust_sentences
from scidex.atlas._model_registry.records.artifacts import DATASET_TYPES
from scidex.atlas._model_registry.records.models import Json

_NOT_IN_ITS_LIST: Final = frozenset({"BUSL-1.0", "ETALAB-2.0"})


def as_cyclonedx(record: Record) -> bytes:
    """Return the bill of a model: its card with metrics as texts, and the data behind it with their hashes."""
    graph = record.model["provenance"]["graph"]
    others = [node for node in graph["nodes"] if node["id"] != record.model["id"]]
    bill: dict[str, Any] = {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, record.address)}",
        "version": 1,
        "metadata": {"component": _model(record)},
        "components": [_component(record, node) for node in others],
        "dependencies": list(_dependencies(record)),
    }
    return (json.dumps(bill, ensure_ascii=False, indent=2) + "\n").encode()


def _model(record: Record) -> dict[str, Any]:
    model, cited = record.model, citation(record)
    return {
        "type": "machine-learning-model",
        "bom-ref": record.address,
        **({"authors": [{"name": author["name"]} for author in cited.authors]} if cited.authors else {}),
        **({"publisher": cited.agent} if cited.agent else {}),
        "name": cited.title,
        "version": cited.version,
        "description": one_line(" ".join([model["card"]["summary"] or "", *trust_sentences(record)])),
        **_hashes(model["content_hash"]),
        **_licences(cited),
        "externalReferences": list(_references(record)),
        "modelCard": _card(record),
        "properties": list(_properties(record)),
    }


def _card(record: Record) -> dict[str, Any]:
    model = record.model
    metadata = model["metadata"] if isinstance(model["metadata"], dict) else {}
    parameters: dict[str, Any] = {
        "task": _text(metadata.get("task_type")),
        "architectureFamily": model["model_family"],
        "modelArchitecture": _text(metadata.get("architecture")),
        "datasets": [{"ref": record.address_of(name)} for name in model["training_datasets"]],
    }
    card = model["card"]
    doubts = [model["provenance_warning"], card["limitations"], *card["caveats"]]
    considered = {
        "useCases": [card["intended_use"]] if card["intended_use"] else [],
        "technicalLimitations": [doubt for doubt in doubts if doubt],
    }
    return {
        "modelParameters": {name: value for name, value in parameters.items() if value},
        "quantitativeAnalysis": {"performanceMetrics": [_metric(metric) for metric in measured(record)]},
        "considerations": {name: texts for name, texts in considered.items() if texts},
    }


def _licences(cited: Citation) -> dict[str, Any]:
    if cited.spdx and cited.spdx not in _NOT_IN_ITS_LIST:
        return {"licenses": [{"license": {"id": cited.spdx}}]}
    return {"licenses": [{"license": {"name": cited.licence_words}}]} if cited.licence_words else {}


def _metric(metric: Measured) -> dict[str, Any]:
    written: dict[str, Any] = {"type": metric.name, "value": str(metric.value)}
    place = " ".join(filter(None, (metric.dataset, metric.split)))
    if place:
        written["slice"] = place
    if metric.interval:
        low, high = metric.interval
        written["confidenceInterval"] = {"lowerBound": str(low), "upperBound": str(high)}
    return written


def _references(record: Record) -> Iterator[dict[str, str]]:
    yield {"type": "website", "url": record.address}
    version = record.model["model_version"]
    if version and version["code_repo_url"] and is_web_address(version["code_repo_url"]):
        yield {"type": "vcs", "url": version["code_repo_url"]}
    for one in record.model["card"]["publications"]:
        if one["doi"]:
            yield {"type": "documentation", "url": f"https://doi.org/{quote(one['doi'], safe='/')}"}


def _properties(record: Record) -> Iterator[dict[str, str]]:
    model = record.model
    properties = {
        "id": model["id"],
        "quality_score": model["quality_score"],
        "quality_score_stored": model["quality_score_stored"],
        "provenance_complete": model["provenance_complete"],
        "provenance_missing": ", ".join(model["provenance_missing"]),
        "content_hash": model["content_hash"],
        "code_commit": model["model_version"]["code_commit_sha"] if model["model_version"] else None,
    }
    yield from (
        {"name": f"scidex:{name}", "value": value if isinstance(value, str) else json.dumps(value)}
        for name, value in properties.items()
        if value not in (None, "")
    )


def _component(record: Record, node: Node) -> dict[str, Any]:
    known = record.by_id.get(node["id"])
    kind, name = node["artifact_type"], one_line(node["title"] or node["id"]) or "untitled"
    component: dict[str, Any] = {
        "type": "machine-learning-model" if kind == "model" else "data",
        "bom-ref": record.address_of(node["id"]),
        "name": name,
        **({"version": str(node["version_number"])} if node["version_number"] is not None else {}),
        **_hashes(known["content_hash"] if known else None),
        "properties": [
            {"name": "scidex:id", "value": node["id"]},
            {"name": "scidex:type", "value": kind or "not registered"},
        ],
    }
    if kind != "model":
        component["data"] = [{"type": "dataset" if kind in DATASET_TYPES else "other", "name": name}]
    return component


def _dependencies(record: Record) -> Iterator[dict[str, Any]]:
    graph = record.model["provenance"]["graph"]
    targets: dict[str, dict[str, None]] = {}
    for edge in graph["edges"]:
        if edge["source"] != edge["target"]:
            targets.setdefault(record.address_of(edge["source"]), {})[record.address_of(edge["target"])] = (
                None
            )
    yield from ({"ref": source, "dependsOn": list(found)} for source, found in targets.items())


def _hashes(content_hash: str | None) -> dict[str, Any]:
    found = sha256_of(content_hash)
    return {"hashes": [{"alg": "SHA-256", "content": found}]} if found else {}


def _text(value: Json) -> str | None:
    return one_line(value) or None if isinstance(value, str) else None
