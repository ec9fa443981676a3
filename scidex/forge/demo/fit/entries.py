"""Entries of ``registry.json``: one for each artifact, in the order in which they are registered."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

from scidex.forge.demo.fit.rounding import SIGNIFICANT_DIGITS, rounded
from scidex.forge.demo.fit.tables import DataTable

ArtifactEntry: TypeAlias = dict[str, Any]
LinkPairs: TypeAlias = Sequence[tuple[str, str]]

_HASHED_AS = "CSV: UTF-8, comma, line feed, header; first column row, the row's number in the published data"
_NO_LICENCE = "not stated in the data's documentation"


def artifact(  # noqa: D417 - the rest are columns of the artifact
    artifact_type: str,
    artifact_id: str,
    title: str,
    *,
    metadata: Mapping[str, Any],
    links: LinkPairs = (),
    content_hash: str | None = None,
    origin_url: str | None = None,
    external: bool = False,
    digits: int = SIGNIFICANT_DIGITS,
) -> ArtifactEntry:
    """Return the entry of one artifact.

    Args:
        links: pairs of link type and target; the artifact depends on the target.
        content_hash: that of the artifact's content; by default that of its title and metadata.
        digits: significant digits of its numbers.

    """
    plain = rounded(dict(metadata), digits)
    return {
        "artifact_type": artifact_type,
        "id": artifact_id,
        "title": title,
        "origin_type": "external" if external else "internal",
        "origin_url": origin_url,
        "content_hash": content_hash or document_hash(title, plain),
        "links": [{"link_type": kind, "target": target} for kind, target in links],
        "metadata": plain,
    }


def document_hash(title: str, metadata: Mapping[str, Any]) -> str:
    """Return the SHA-256 of title and metadata as JSON with sorted keys and no spaces."""
    text = json.dumps(
        {"title": title, "metadata": metadata}, sort_keys=True, separators=(",", ":"), ensure_ascii=False
    )
    return "sha256:" + hashlib.sha256(text.encode()).hexdigest()


def sample_ids(table: DataTable, raw: str) -> list[str]:
    """Return an id for each row, of the raw dataset and the row's number in it, so that its tables share ids."""
    return [f"{raw.removeprefix('dataset-')}:{row}" for row in table.column("row")]


def raw_dataset(
    artifact_id: str,
    title: str,
    table: DataTable,
    *,
    source: str,
    papers: Sequence[str],
    url: str,
    **known: Any,
) -> ArtifactEntry:
    """Return the entry of published measurements; ``source`` is package and item, ``papers`` are ids of sources."""
    metadata = {
        "source": source,
        **_size(table),
        "licence": _NO_LICENCE,
        **known,
        "sample_ids": sample_ids(table, artifact_id),
    }
    links = [("cites", paper) for paper in papers]
    return artifact(
        "dataset",
        artifact_id,
        title,
        metadata=metadata,
        links=links,
        content_hash=table.content_hash(),
        origin_url=url,
        external=True,
    )


def derived_table(
    artifact_id: str,
    title: str,
    table: DataTable,
    *,
    source: str,
    analysis: str,
    rule: str,
    raw: str | None = None,
    **known: Any,
) -> ArtifactEntry:
    """Return the entry of a table that ``analysis`` made of the dataset ``source`` by ``rule``.

    ``raw`` is the dataset of its rows, where that is not the source.
    """
    ids = {"sample_ids": sample_ids(table, raw or source)}
    metadata = {"rule": rule, **_size(table), **known, **ids}
    links = [("derives_from", source), ("produced_by", analysis)]
    return artifact(
        "tabular_dataset",
        artifact_id,
        title,
        metadata=metadata,
        links=links,
        content_hash=table.content_hash(),
    )


def analysis(
    artifact_id: str,
    title: str,
    *,
    inputs: LinkPairs,
    method: str,
    entrypoint: str,
    linked_after_pinning: LinkPairs = (),
    **known: Any,
) -> ArtifactEntry:
    """Return the entry of an analysis whose inputs are pinned as soon as it is registered.

    ``linked_after_pinning`` are inputs that are declared afterwards and so have no pin.
    """
    metadata = {"method": method, "entrypoint": entrypoint, **known}
    entry = artifact("analysis", artifact_id, title, metadata=metadata, links=inputs)
    late = [{"link_type": kind, "target": target} for kind, target in linked_after_pinning]
    return {**entry, "pin_inputs": True, "links_after_pinning": late}


def hypothesis(artifact_id: str, statement: str, *, papers: Sequence[str] = ()) -> ArtifactEntry:
    """Return the entry of a hypothesis that models test."""
    links = [("cites", paper) for paper in papers]
    return artifact("hypothesis", artifact_id, statement, metadata={"statement": statement}, links=links)


def figure(
    artifact_id: str, title: str, *, models: Sequence[str], dataset: str, **drawn: Any
) -> ArtifactEntry:
    """Return the entry of a figure by its content: axes and data series."""
    links = [*(("derives_from", model) for model in models), ("uses", dataset)]
    return artifact("figure", artifact_id, title, metadata=drawn, links=links)


def _size(table: DataTable) -> ArtifactEntry:
    columns = [name for name in table.columns if name != "row"]
    return {
        "rows": len(table.rows),
        "column_count": len(columns),
        "columns": columns,
        "hashed_as": _HASHED_AS,
    }
