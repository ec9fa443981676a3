"""SciDEX's own package: ``scidex-record.json``, alone or in a zip file, as ``run.py export`` writes it."""

from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Any, cast

from scidex.atlas.artifact_registry import Attributes, Link
from scidex.forge.importers import digests
from scidex.forge.importers.archives import Archive, opened
from scidex.forge.importers.documents import decoded, parsed_json, read_json
from scidex.forge.importers.plan import (
    Glimpse,
    ImportFormat,
    LeftOut,
    Plan,
    PlannedArtifact,
    PlannedModel,
    PlannedPart,
    Told,
)
from scidex.forge.importers.record_evaluations import evaluations, left_out_evaluations, objects
from scidex.forge.importers.refusals import Refused, shown

_RECORD, _CRATE = "scidex-record.json", "ro-crate-metadata.json"
_LAYOUT = 1
# Columns that belong to the rows of the other registry; the write side sets them anew.
_OF_THE_ROW = ("created_at",)
_NO_STUB = ("model", "evaluation")


def recognises(seen: Glimpse) -> bool:
    """Return whether a file begins with the first key of a record, or a zip file has a record in it."""
    if seen.is_folder:
        return False
    if seen.head.startswith(b"PK\x03\x04"):
        return _RECORD.encode() in seen.head or _holds_record(seen.path)
    return seen.head.lstrip()[:1] == b"{" and b'"scidex_record"' in seen.head[:4096]


def _holds_record(path: Path) -> bool:
    try:
        with opened(path) as archive:
            return _name_in(archive) is not None
    except Refused:
        return False


def read(path: Path, told: Told) -> Iterator[PlannedPart]:
    """Yield the plan of the record's model, with what it rests on as far as the record has it."""
    del told  # a record has the provenance of its model
    if path.suffix.lower() == ".zip" or path.read_bytes()[:4] == b"PK\x03\x04":
        with opened(path) as archive:
            name = _name_in(archive)
            if name is None:
                raise Refused("", f"the archive holds no {_RECORD}", "export the model again")
            _verify(archive)
            record = parsed_json(name, decoded(name, archive.read(name)))
    else:
        record = read_json(path)
    yield _plan(str(path), _checked(path.name, record))


def _name_in(archive: Archive) -> str | None:
    found = [name for name in sorted(archive.names) if PurePosixPath(name).name == _RECORD]
    return min(found, key=len) if found else None


def _verify(archive: Archive) -> None:
    """Refuse an archive whose files differ from the hashes in its manifest."""
    if _CRATE not in archive.names:
        return
    manifest = parsed_json(_CRATE, decoded(_CRATE, archive.read(_CRATE)))
    graph = manifest.get("@graph") if isinstance(manifest, dict) else None
    for entity in graph if isinstance(graph, list) else []:
        declared = entity.get("sha256") if isinstance(entity, dict) else None
        name = entity.get("@id") if isinstance(entity, dict) else None
        if isinstance(declared, str) and isinstance(name, str) and name in archive.names:
            found = digests.of_bytes(archive.read(name)).removeprefix("sha256:")
            if found != declared.removeprefix("sha256:"):
                raise Refused(
                    name, f"its sha256 is {found}, the manifest says {declared}", "get the package again"
                )


def _checked(place: str, record: object) -> Mapping[str, Any]:
    if not isinstance(record, dict) or record.get("scidex_record") != _LAYOUT:
        layout = record.get("scidex_record") if isinstance(record, dict) else None
        reason = f"its layout is {shown(layout)}; this release reads {_LAYOUT}"
        raise Refused(place, reason, "export the model with this release of SciDEX")
    kinds: Mapping[str, type | tuple[type, ...]] = {
        **dict.fromkeys(("id", "title"), str),
        **dict.fromkeys(("metadata", "links", "provenance"), dict),
        **dict.fromkeys(("related", "unreadable"), list),
    }
    for key, kind in kinds.items():
        if not isinstance(record.get(key), kind):
            raise Refused(f"{place} {key}", f"it is {shown(record.get(key))}", "export the model again")
    if record["unreadable"]:
        reason = f"the record lacks what could not be read: {shown(record['unreadable'])}"
        raise Refused(place, reason, "mend it where the model is registered, and export again")
    return record


def _plan(source: str, record: Mapping[str, Any]) -> Plan:
    related = {str(each.get("id")): each for each in objects(record["related"])}
    stubs = {name: each for name, each in related.items() if _is_stub(each)}
    known = {record["id"], *stubs}
    edges = list(_edges(record, known))
    outgoing = list(_outgoing(record))
    return Plan(
        source=source,
        format=FORMAT.name,
        artifacts=tuple(_stub(name, each, record) for name, each in stubs.items()),
        models=(_model(record),),
        evaluations=tuple(evaluations(record, stubs)),
        links=(*edges, *outgoing),
        left_out=(*_left_out(record, related, stubs), *left_out_evaluations(record, stubs)),
    )


def _is_stub(each: Mapping[str, Any]) -> bool:
    """Return whether an artifact can be registered from a record alone, as its first version."""
    kind = each.get("artifact_type")
    return isinstance(kind, str) and kind not in _NO_STUB and each.get("version_number") == 1


def _stub(name: str, each: Mapping[str, Any], record: Mapping[str, Any]) -> PlannedArtifact:
    metadata: dict[str, object] = {
        "known_from": record.get("address"),
        "known": "title, type, version, hash and state",
    }
    samples = record.get("sample_ids")
    if isinstance(samples, dict) and isinstance(samples.get(name), list):
        metadata["sample_ids"] = samples[name]
    pins = _pins(record) if name in _analyses(record)[:1] else []
    if pins:
        metadata["pinned_artifacts"] = pins
    attributes = {
        "origin_type": "external",
        "created_by": "import scidex",
        "origin_url": record.get("address"),
    }
    state = (
        {"lifecycle_state": each["lifecycle_state"]} if isinstance(each.get("lifecycle_state"), str) else {}
    )
    return PlannedArtifact(
        artifact_id=name,
        artifact_type=str(each["artifact_type"]),
        title=str(each.get("title") or name),
        content_hash=each.get("content_hash"),
        metadata=metadata,
        attributes=cast("Attributes", {**attributes, **state}),
    )


def _analyses(record: Mapping[str, Any]) -> list[str]:
    rules = objects(record["provenance"].get("rules"))
    found = next((rule for rule in rules if rule.get("rule") == "produced_by_analysis_id"), {})
    evidence = found.get("evidence")
    return [str(name) for name in evidence] if isinstance(evidence, list) else []


def _pins(record: Mapping[str, Any]) -> list[dict[str, object]]:
    inputs = objects(record["provenance"].get("inputs"))
    return [
        {
            "artifact_id": each.get("artifact_id"),
            "version_number": each["pinned_version"],
            "content_hash": each.get("pinned_hash"),
        }
        for each in inputs
        if isinstance(each.get("pinned_version"), int)
    ]


def _edges(record: Mapping[str, Any], known: set[str]) -> Iterator[tuple[str, Link]]:
    """Yield the links of the graph between artifacts of the plan, without the model's own."""
    graph = record["provenance"].get("graph")
    for edge in objects(graph.get("edges") if isinstance(graph, dict) else None):
        ends = (edge.get("source"), edge.get("target"))
        if edge.get("origin") == "link" and ends[0] != record["id"] and all(end in known for end in ends):
            yield str(ends[0]), Link(str(ends[1]), str(edge.get("relation")))


def _outgoing(record: Mapping[str, Any]) -> Iterator[tuple[str, Link]]:
    for link in objects(record["links"].get("outgoing")):
        other = link.get("artifact")
        if isinstance(other, dict) and "missing" not in other and isinstance(other.get("id"), str):
            if link.get("link_type") == "derives_from" and other["id"] == record.get("parent_version_id"):
                continue  # create_version writes it
            yield (
                record["id"],
                Link(other["id"], str(link.get("link_type")), link.get("strength"), link.get("evidence")),
            )


def _model(record: Mapping[str, Any]) -> PlannedModel:
    version = record.get("model_version")
    fields = version if isinstance(version, dict) else {}
    attributes = {
        key: record.get(key)
        for key in ("created_by", "origin_type", "origin_url", "lifecycle_state", "created_at")
        if record.get(key) is not None
    }
    return PlannedModel(
        artifact_id=record["id"],
        title=record["title"],
        model_family=str(record.get("model_family")),
        metadata=record["metadata"],
        content_hash=record.get("content_hash"),
        model_version={
            key: value for key, value in fields.items() if key not in _OF_THE_ROW and value is not None
        },
        attributes=cast("Attributes", {**attributes, "quality_score": record.get("quality_score_stored")}),
        parent=record.get("parent_version_id"),
        changelog=record.get("changelog"),
        version_tag=record.get("version_tag"),
        candidate=record.get("is_latest") is False,
    )


def _left_out(
    record: Mapping[str, Any], related: Mapping[str, Mapping[str, Any]], stubs: Mapping[str, object]
) -> Iterator[LeftOut]:
    for name, each in related.items():
        if name not in stubs and each.get("artifact_type") not in {None, *_NO_STUB}:
            yield LeftOut(
                name,
                f"it is version {shown(each.get('version_number'))}; only a first version can be registered",
            )
    if record["links"].get("incoming"):
        yield LeftOut("links that lead to the model", "they belong to what they start from")
    if record.get("superseded_by"):
        yield LeftOut("superseded_by", "the version that replaces it says so, once it is imported")


FORMAT = ImportFormat(name="scidex", title="record or package of SciDEX", recognises=recognises, read=read)
