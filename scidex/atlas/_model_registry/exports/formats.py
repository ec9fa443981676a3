"""The one table of the formats of a model, which routes, command, buttons and the OpenAPI document read."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from scidex.atlas._model_registry.contract.answers.files import Exported
from scidex.atlas._model_registry.contract.errors import InvalidQuery
from scidex.atlas._model_registry.exports.attestation.signing import as_attestation, has_key
from scidex.atlas._model_registry.exports.card.card import as_card
from scidex.atlas._model_registry.exports.catalogues.cyclonedx import as_cyclonedx
from scidex.atlas._model_registry.exports.catalogues.datacite import as_datacite
from scidex.atlas._model_registry.exports.catalogues.schema_org import as_schema_org
from scidex.atlas._model_registry.exports.citation.bibtex import as_bibtex
from scidex.atlas._model_registry.exports.citation.cff import as_cff
from scidex.atlas._model_registry.exports.citation.csl import as_csl
from scidex.atlas._model_registry.exports.crate.package import as_crate
from scidex.atlas._model_registry.exports.file_names import model_file_name
from scidex.atlas._model_registry.exports.prov_graph.notations import as_prov_json, as_prov_n, as_prov_turtle
from scidex.atlas._model_registry.exports.record import Record, as_json
from scidex.atlas._model_registry.exports.sbml.document import as_sbml, reason_against


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """One format: its media type, file name in packages and title, what it holds, and the function that writes it.

    ``wants`` says what a registry needs to write it; empty where every registry can. Pages lead to it only where
    ``is_offered`` is true: some formats need a setting of the operator's. ``reason_against`` returns why the format
    cannot express a model; None where it can, or where finding out takes as long as writing.
    """

    media_type: str
    file_name: str
    title: str
    holds: str
    write: Callable[[Record], bytes]
    holds_predictions: bool = False
    wants: str = ""
    is_offered: Callable[[], bool] = lambda: True
    reason_against: Callable[[Record], str | None] = lambda _: None


FORMATS: Final[Mapping[str, Format]] = {
    "json": Format(
        media_type="application/json",
        file_name="scidex-record.json",
        title="Record (JSON)",
        holds="all of this answer, its address, what it links to (title, type, version, hash, state), its predictions",
        holds_predictions=True,
        write=as_json,
    ),
    "crate": Format(
        media_type="application/zip",
        file_name="ro-crate.zip",
        title="Package (RO-Crate)",
        holds_predictions=True,
        holds="RO-Crate 1.2 for archives: the record, the card and the citation, with checksums, in a zip",
        write=as_crate,
    ),
    "card": Format(
        media_type="text/markdown",
        file_name="README.md",
        title="Model card (Hugging Face)",
        holds="a Hugging Face model card with model-index",
        write=as_card,
    ),
    "citation": Format(
        media_type="application/yaml",
        file_name="CITATION.cff",
        title="Citation File Format",
        holds="how to cite this version, for repositories",
        write=as_cff,
    ),
    "bibtex": Format(
        media_type="application/x-bibtex",
        file_name="citation.bib",
        title="BibTeX",
        holds="how to cite this version, for LaTeX",
        write=as_bibtex,
    ),
    "csl": Format(
        media_type="application/vnd.citationstyles.csl+json",
        file_name="citation.csl.json",
        title="CSL-JSON",
        holds="how to cite this version, for reference managers",
        write=as_csl,
    ),
    "datacite": Format(
        media_type="application/vnd.datacite.datacite+json",
        file_name="datacite.json",
        title="DataCite metadata",
        holds="what a DOI is registered with: DataCite 4.5, type Model",
        write=as_datacite,
    ),
    "jsonld": Format(
        media_type="application/ld+json",
        file_name="schema.jsonld",
        title="schema.org (JSON-LD)",
        holds="what search engines read, as it stands in the page",
        write=as_schema_org,
    ),
    "prov": Format(
        media_type="application/prov+json",
        file_name="provenance.prov.json",
        title="Provenance (PROV-JSON)",
        holds="the provenance graph as W3C PROV",
        write=as_prov_json,
    ),
    "provn": Format(
        media_type="text/provenance-notation",
        file_name="provenance.provn",
        title="Provenance (PROV-N)",
        holds="the same, for people",
        write=as_prov_n,
    ),
    "provttl": Format(
        media_type="text/turtle",
        file_name="provenance.ttl",
        title="Provenance (Turtle)",
        holds="the same as RDF: PROV-O",
        write=as_prov_turtle,
    ),
    "cyclonedx": Format(
        media_type="application/vnd.cyclonedx+json",
        file_name="bom.cdx.json",
        title="Bill of materials (CycloneDX)",
        holds="CycloneDX 1.6 with the model's card and the data behind it, with hashes",
        write=as_cyclonedx,
    ),
    "sbml": Format(
        media_type="application/sbml+xml",
        file_name="model.xml",
        title="SBML",
        holds="SBML Level 3 Version 2, for simulators: the equations of a model whose equations it can all express",
        write=as_sbml,
        reason_against=reason_against,
    ),
    "attestation": Format(
        media_type="application/vnd.dsse.envelope.v1+json",
        file_name="attestation.dsse.json",
        title="Attestation (in-toto, signed)",
        holds="what the registry says of the package, signed with its key: verdict, standing, pinned inputs",
        wants="only where the registry's operator has given a signing key, else refused with 422",
        write=as_attestation,
        holds_predictions=True,
        is_offered=has_key,
    ),
}


def holds_predictions(name: str) -> bool:
    """Return whether the format of that name holds the columns of evaluations; False for an unknown name."""
    return name in FORMATS and FORMATS[name].holds_predictions


def exported(record: Record, name: str) -> Exported:
    """Return a model in the format of that name.

    Raises:
        InvalidQuery: there is no such format, or it cannot express the model.

    """
    if name not in FORMATS:
        message = f"format={name[:60]!r} is not a format of models; use one of {', '.join(FORMATS)}"
        raise InvalidQuery("format", name[:60], message)
    chosen = FORMATS[name]
    named = model_file_name(record.model["id"], record.model["version_number"], chosen.file_name)
    return Exported(media_type=chosen.media_type, file_name=named, content=chosen.write(record))
