"""What others judge each format with: schemas as published, and readers of the format."""

import base64
import hashlib
import io
import json
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from functools import cache, partial
from pathlib import Path
from typing import Any

import jsonschema_rs
import libsbml
import yaml
from huggingface_hub import ModelCard
from prov.model import ProvDocument, ProvEntity

_SCHEMAS = Path(__file__).with_name("schemas")


@cache
def schema(name: str) -> Any:
    """Return the validator of a vendored schema, whose hash must be that of the list beside it."""
    content = (_SCHEMAS / name).read_bytes()
    assert hashlib.sha256(content).hexdigest() in (_SCHEMAS / "README.md").read_text(), f"{name} was changed"
    document = json.loads(content)
    return jsonschema_rs.validator_cls_for(document)(document, validate_formats=True)


def faults(name: str, document: object) -> list[str]:
    """Return the departures of a document from a vendored schema."""
    return [f"{error.message[:300]} at {error.instance_path}" for error in schema(name).iter_errors(document)]


def judge_json(content: bytes) -> None:
    """Require a record that names its layout, its address and what it speaks of."""
    record = json.loads(content)
    assert record["scidex_record"] == 1
    assert record["address"].startswith("http")
    assert all(one["id"] != record["id"] for one in record["related"])


def judge_cff(content: bytes) -> None:
    """Require what the format's own schema does."""
    document = yaml.load(content, Loader=yaml.BaseLoader)  # noqa: S506  builds texts alone, dates too
    assert faults("cff-1.2.0.json", document) == []


def judge_csl(content: bytes) -> None:
    """Require what the schema of citation processors does."""
    assert faults("csl-data.json", json.loads(content)) == []


def judge_bibtex(content: bytes) -> None:
    """Require one entry with a plain key, fields in braces that BibTeX finds balanced, and no control character."""
    text = content.decode()
    assert re.match(r"@misc\{[A-Za-z0-9:.-]+,\n", text)
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f]", text)
    depth = 0
    for brace in re.findall(r"[{}]", text):  # BibTeX counts those after a backslash too
        depth += 1 if brace == "{" else -1
        assert depth >= 0
    assert depth == 0


def judge_card(content: bytes) -> None:
    """Require that Hugging Face's reader takes every result of the model-index."""
    card: Any = ModelCard(content.decode(), ignore_metadata_errors=False)
    front = yaml.safe_load(re.split(r"^---\n", content.decode(), maxsplit=2, flags=re.MULTILINE)[1])
    written = [
        metric
        for model in front.get("model-index", [])
        for result in model["results"]
        for metric in result["metrics"]
    ]
    assert len(written) == len(card.data.eval_results or [])
    assert card.text.strip().startswith("# ")


def judge_jsonld(content: bytes) -> None:
    """Require a creative work of schema.org with address, name and trust, and nothing said by an empty value."""
    work = json.loads(content)
    assert (work["@context"], work["@type"]) == ("https://schema.org", "CreativeWork")
    assert {"@id", "name", "identifier", "description"} <= set(work)
    assert all(work.values())


def judge_attestation(content: bytes) -> None:
    """Require a statement over every file of the package, in an envelope with one signature."""
    envelope = json.loads(content)
    assert (envelope["payloadType"], len(envelope["signatures"])) == ("application/vnd.in-toto+json", 1)
    told = json.loads(base64.b64decode(envelope["payload"], validate=True))
    assert told["_type"] == "https://in-toto.io/Statement/v1"
    assert {one["name"] for one in told["subject"]} > {"ro-crate-metadata.json", "scidex-record.json"}
    assert {"complete", "rules", "cap", "standing", "at"} <= set(told["predicate"]["scidex_verdict"])


def judge_datacite(content: bytes) -> None:
    """Require what DataCite's schema does."""
    assert faults("datacite-4.5.json", json.loads(content)) == []


def judge_cyclonedx(content: bytes) -> None:
    """Require what the project's strict validator does."""
    # Importing it takes two seconds, for it builds grammars of addresses; most processes never come here.
    from cyclonedx.schema import SchemaVersion  # noqa: PLC0415
    from cyclonedx.validation.json import JsonStrictValidator  # noqa: PLC0415

    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(content.decode()) is None


def judge_crate(content: bytes) -> None:
    """Require the root, resolved references, files with their checksums, and no list of one.

    The profile's own validator, roc-validator, wants an older rich than the linters: ``roc.py`` beside this file runs
    it in an environment of its own.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    graph = json.loads(files.pop("ro-crate-metadata.json"))["@graph"]
    by_id = {one["@id"]: one for one in graph}
    assert len(by_id) == len(graph)
    root = by_id["./"]
    assert {"name", "description", "datePublished", "license"} <= set(root)
    parts = {one["@id"] for one in root["hasPart"]}
    assert {one["@id"] for one in graph if str(one["@type"]) in {"File", "Dataset"}} - {"./"} == parts
    assert {name: by_id[name]["sha256"] for name in files} == {
        name: hashlib.sha256(body).hexdigest() for name, body in files.items()
    }
    for one in graph:
        assert all(
            not isinstance(value, list) or len(value) > 1 or name == "hasPart" for name, value in one.items()
        )
        assert all(target in by_id or target.startswith("https://w3id.org/ro/") for target in _targets(one))


def _targets(entity: dict[str, Any]) -> Iterator[str]:
    for value in entity.values():
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, dict):
                yield one["@id"]


def judge_prov(content: bytes, **notation: str) -> None:
    """Require a document that its library reads and writes again as it was."""
    document = ProvDocument.deserialize(content=content.decode(), **notation)
    assert document.get_records(ProvEntity)
    again = document.serialize(**notation)
    assert ProvDocument.deserialize(content=again, **notation) == document


def judge_sbml(content: bytes) -> None:
    """Require what libsbml does of a model, units included; an undeclared unit is accepted."""
    document = libsbml.readSBMLFromString(content.decode())
    document.checkConsistency()
    found = [document.getError(place) for place in range(document.getNumErrors())]
    assert [one.getMessage() for one in found if one.getSeverity() >= libsbml.LIBSBML_SEV_ERROR] == []
    assert (document.getLevel(), document.getVersion()) == (3, 2)


JUDGES: Mapping[str, Callable[[bytes], None]] = {
    "json": judge_json,
    "card": judge_card,
    "citation": judge_cff,
    "bibtex": judge_bibtex,
    "csl": judge_csl,
    "crate": judge_crate,
    "attestation": judge_attestation,
    "datacite": judge_datacite,
    "jsonld": judge_jsonld,
    "prov": partial(judge_prov, format="json"),
    "provn": partial(judge_prov, format="provn"),
    "provttl": partial(judge_prov, format="rdf", rdf_format="turtle"),
    "cyclonedx": judge_cyclonedx,
    "sbml": judge_sbml,
}


def judged(name: str, content: bytes) -> Any:
    """Let a format's judge look at a file."""
    JUDGES[name](content)
