"""``ro-crate-metadata.json``: RO-Crate 1.2 (https://w3id.org/ro/crate/1.2) with FAIR4ML's type for a model.

Where code is recorded, the run that made the model is described by Process Run Crate 0.5.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final
from urllib.parse import quote

from scidex.atlas._model_registry.contract.answers import RelatedArtifact
from scidex.atlas._model_registry.exports.citation.facts import PUBLISHER, Citation, citation
from scidex.atlas._model_registry.exports.crate.entities import (
    CONTEXT,
    NO_LICENCE,
    Enclosed,
    Entity,
    descriptor,
    file_entity,
    one_or_several,
)
from scidex.atlas._model_registry.exports.crate.run import run_entities
from scidex.atlas._model_registry.exports.measured import Measured, measured
from scidex.atlas._model_registry.exports.plain_text import one_line
from scidex.atlas._model_registry.exports.record import Record
from scidex.atlas._model_registry.exports.trust import trust_sentences
from scidex.atlas._model_registry.records.artifacts import DATASET_TYPES

_PROCESS_RUN: Final = "https://w3id.org/ro/wfrun/process/0.5"


def crate_metadata(record: Record, files: Sequence[Enclosed]) -> dict[str, Any]:
    """Return the package's description: a flat list of entities; the root follows the description of this file."""
    run = list(run_entities(record))
    datasets = list(_datasets(record))
    metrics = [_metric(number, metric) for number, metric in enumerate(measured(record), 1)]
    trust = list(_trust(record))
    cited = citation(record)
    people, texts = _by_id(_people(cited)), _by_id(_texts(cited))
    described = _by_id([_licence(cited), *people, *texts])
    return {
        "@context": CONTEXT,
        "@graph": [
            descriptor(),
            _root(record, files, datasets, run),
            _model(record, [*trust, *metrics]) | _made_by(people, texts),
            *map(file_entity, files),
            *datasets,
            *run,
            *trust,
            *metrics,
            *described,
            {"@id": "#publisher", "@type": "Organization", "name": PUBLISHER, "url": record.base},
            *([_profile()] if run else []),
        ],
    }


def _root(
    record: Record, files: Sequence[Enclosed], datasets: Sequence[Entity], run: Sequence[Entity]
) -> Entity:
    cited = citation(record)
    root: Entity = {
        "@id": "./",
        "@type": "Dataset",
        "name": cited.title,
        "description": one_line(" ".join([record.model["card"]["summary"] or "", *trust_sentences(record)])),
        "datePublished": cited.date,
        "license": {"@id": _licence(cited)["@id"]},
        "publisher": {"@id": "#publisher"},
        "mainEntity": {"@id": record.address},
        "hasPart": [{"@id": file.name} for file in files] + [{"@id": one["@id"]} for one in datasets],
    }
    actions = [one for one in run if one["@type"] == "CreateAction"]
    if actions:
        root["conformsTo"] = {"@id": _PROCESS_RUN}
        root["mentions"] = one_or_several([{"@id": one["@id"]} for one in actions])
    return root


def _model(record: Record, properties: Sequence[Entity]) -> Entity:
    model, cited = record.model, citation(record)
    entity: Entity = {
        "@id": record.address,
        "@type": ["CreativeWork", "MLModel"],
        "name": cited.title,
        "identifier": cited.id,
        "version": cited.version,
        "url": cited.address,
        "additionalProperty": one_or_several([{"@id": one["@id"]} for one in properties]),
    }
    if cited.date:
        entity["datePublished"] = cited.date
    if cited.agent:
        entity["creditText"] = f"registered by {cited.agent}"
    if model["training_datasets"]:
        trained = [{"@id": record.address_of(name)} for name in model["training_datasets"]]
        entity["trainedOn"] = one_or_several(trained)
    return entity


def _made_by(people: Sequence[Entity], texts: Sequence[Entity]) -> Entity:
    named = {"author": people, "citation": texts}
    return {
        name: one_or_several([{"@id": one["@id"]} for one in found]) for name, found in named.items() if found
    }


def _datasets(record: Record) -> Iterator[Entity]:
    """Yield the datasets of the graph, and the training datasets beyond its bounds."""
    nodes = record.model["provenance"]["graph"]["nodes"]
    in_graph = [node["id"] for node in nodes if node["artifact_type"] in DATASET_TYPES]
    for name in dict.fromkeys([*in_graph, *record.model["training_datasets"]]):
        known = record.by_id.get(name)
        yield {
            "@id": record.address_of(name),
            "@type": "Dataset",
            "name": one_line((known and known["title"]) or name) or "Untitled dataset",
            "identifier": name,
            **(dict(_dataset_words(known)) if known else {}),
        }


def _dataset_words(known: RelatedArtifact) -> Iterator[tuple[str, str]]:
    if known["version_number"] is not None:
        yield "version", str(known["version_number"])
    if known["content_hash"]:
        yield "description", f"content hash {known['content_hash']}"


def _trust(record: Record) -> Iterator[Entity]:
    model = record.model
    properties = {
        "quality-score": model["quality_score"],
        "quality-score-stored": model["quality_score_stored"],
        "provenance-complete": model["provenance_complete"],
        "standing": model["standing"]["status"],
    }
    for name, value in properties.items():
        if value is not None:
            yield {
                "@id": f"#{name}",
                "@type": "PropertyValue",
                "name": name.replace("-", " "),
                "value": value,
            }


def _metric(number: int, metric: Measured) -> Entity:
    place = " ".join(filter(None, (metric.dataset, metric.split)))
    return {
        "@id": f"#metric-{number}",
        "@type": "PropertyValue",
        "name": metric.name or "(a metric without a name)",
        "value": metric.value,
        **({"unitText": metric.unit} if metric.unit else {}),
        **({"description": f"measured on {place}"} if place else {}),
        **({"minValue": metric.interval[0], "maxValue": metric.interval[1]} if metric.interval else {}),
    }


def _licence(cited: Citation) -> Entity:
    if cited.licence_words is None:
        return NO_LICENCE
    address = f"https://spdx.org/licenses/{cited.spdx}" if cited.spdx else "#licence"
    return {
        "@id": address,
        "@type": "CreativeWork",
        "name": cited.licence_words,
        "description": cited.licence_words,
    }


def _people(cited: Citation) -> list[Entity]:
    return [
        {
            "@id": f"https://orcid.org/{author['orcid']}" if author["orcid"] else f"#author-{number}",
            "@type": "Person",
            "name": author["name"],
            **({"description": author["affiliation"]} if author["affiliation"] else {}),
        }
        for number, author in enumerate(cited.authors, 1)
    ]


def _texts(cited: Citation) -> list[Entity]:
    return [
        {
            "@id": f"https://doi.org/{quote(one['doi'], safe='/')}"
            if one["doi"]
            else f"#publication-{number}",
            "@type": "ScholarlyArticle",
            "name": words,
        }
        for number, (one, words) in enumerate(zip(cited.publications, cited.published_in, strict=True), 1)
    ]


def _by_id(entities: Iterable[Entity]) -> list[Entity]:
    """Return entities, the first of each id."""
    found: dict[str, Entity] = {}
    for entity in entities:
        found.setdefault(entity["@id"], entity)
    return list(found.values())


def _profile() -> Entity:
    return {
        "@id": _PROCESS_RUN,
        "@type": ["CreativeWork", "Profile"],
        "name": "Process Run Crate",
        "version": "0.5",
    }
