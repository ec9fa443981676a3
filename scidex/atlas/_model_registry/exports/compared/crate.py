"""A comparison as a package for archives: RO-Crate 1.2 with all its other files, models as FAIR4ML's MLModel."""

from collections.abc import Mapping, Sequence
from typing import Any

from scidex.atlas._model_registry.comparison.export import standing_sentences
from scidex.atlas._model_registry.contract.answers import ModelEntry
from scidex.atlas._model_registry.contract.errors import InvalidQuery
from scidex.atlas._model_registry.exports.citation.facts import PUBLISHER
from scidex.atlas._model_registry.exports.compared.record import ComparedModels
from scidex.atlas._model_registry.exports.crate.entities import (
    CONTEXT,
    DESCRIPTOR,
    NO_LICENCE,
    Enclosed,
    Entity,
    descriptor,
    file_entity,
    metadata_file,
    packed,
)
from scidex.atlas._model_registry.exports.plain_text import one_line
from scidex.atlas._model_registry.pages.words.addresses import model_address


def as_crate(compared: ComparedModels, files: Sequence[Enclosed]) -> bytes:
    """Return the package of a comparison.

    Raises:
        InvalidQuery: none of its models has a date, and RO-Crate requires a date of publication.

    """
    if compared.newest is None:
        message = (
            "RO-Crate wants a date of publication, and no date that can be read is registered for these models; "
            "format=json and format=html do without one"
        )
        raise InvalidQuery("format", "crate", message)
    contents: Mapping[str, bytes] = {file.name: file.content for file in files}
    return packed({DESCRIPTOR: metadata_file(_metadata(compared, files, compared.newest)), **contents})


def _metadata(compared: ComparedModels, files: Sequence[Enclosed], date: str) -> dict[str, Any]:
    models = [_model(compared, model) for model in compared.comparison["models"]]
    titles = ", ".join(model["name"] for model in models)
    root: Entity = {
        "@id": "./",
        "@type": "Dataset",
        "name": f"Comparison of {titles}",
        "description": (
            f"What {len(models)} models report, side by side, with what stands against comparing them. "
            f"SHA-256 of the comparison as JSON: {compared.digest}."
            + "".join(f" Warning: {said}" for said in standing_sentences(compared.comparison).values())
        ),
        "datePublished": date,
        "license": {"@id": NO_LICENCE["@id"]},
        "publisher": {"@id": "#publisher"},
        "url": compared.address,
        "identifier": compared.digest,
        "about": [{"@id": model["@id"]} for model in models],
        "hasPart": [{"@id": file.name} for file in files],
    }
    publisher = {"@id": "#publisher", "@type": "Organization", "name": PUBLISHER, "url": compared.base}
    graph = [descriptor(), root, *map(file_entity, files), *models, publisher, NO_LICENCE]
    return {"@context": CONTEXT, "@graph": graph}


def _model(compared: ComparedModels, model: ModelEntry) -> Entity:
    address = compared.base + model_address(model["id"])
    content_hash = compared.hashes[model["id"]]
    entity: Entity = {
        "@id": address,
        "@type": ["CreativeWork", "MLModel"],
        "name": one_line(model["title"]) or one_line(model["id"]) or "Untitled model",
        "identifier": model["id"],
        "version": str(model["version_number"]),
        "url": address,
        "description": _trust(compared, model) + (f" Content hash {content_hash}." if content_hash else ""),
    }
    if model["created_at"]:
        entity["datePublished"] = model["created_at"][:10]
    return entity


def _trust(compared: ComparedModels, model: ModelEntry) -> str:
    score, stored = model["quality_score"], model["quality_score_stored"]
    verdict = "complete" if model["provenance_complete"] else "incomplete"
    scored = (
        "No quality score is registered." if score is None else f"Quality score {score} (stored as {stored})."
    )
    standing = compared.comparison["provenance"]["standing"][model["id"]]["status"]
    return f"{scored} Provenance is {verdict}. Standing: {standing}."
