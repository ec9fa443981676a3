"""The host's view of an artifact of any type: its facts, what it depends on, and what depends on it."""

from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from psycopg import Connection
from psycopg.rows import dict_row

MODEL = "model"
# More links than anyone reads on a page.
MOST_LINKS = 500
MOST_CHARACTERS = 50_000
# Characters of a text that are shown, as on a model's page.
MOST_LABEL, MOST_TITLE, MOST_TEXT = 100, 1_000, 20_000
_DATASETS = frozenset({"dataset", "tabular_dataset"})
# Ids that go into the query, as no path can hold them: browsers take the first two for folders, and the others are
# addresses of the model registry's own.
_IN_QUERY = frozenset({".", "..", "compare", "glossary", "register", "assets/registry.css"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Related:
    """An artifact at the other end of a link; without ``artifact_type`` it is not registered."""

    relation: str
    id: str
    title: str
    artifact_type: str | None
    version_number: int | None
    href: str | None


@dataclass(frozen=True, slots=True)
class Relations:
    """At most ``MOST_LINKS`` links of one direction, and whether there are more."""

    shown: list[Related]
    has_more: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Artifact:
    """An artifact as its page shows it; ``facts`` are named texts, ``metadata`` is formatted JSON.

    A long text is cut and ends in …. Metadata longer than ``MOST_CHARACTERS`` is cut too, and ``cut_from`` is its full
    length; it is None where it is too large, too deep or has too many digits to be written.
    """

    id: str
    artifact_type: str
    title: str
    version_number: int
    facts: dict[str, str]
    origin_href: str | None
    metadata: str | None
    cut_from: int | None
    depends_on: Relations
    dependents: Relations
    models_href: dict[str, str] | None


def find_artifact(conn: Connection, artifact_id: str) -> Artifact | None:
    """Return the artifact with the id and at most ``MOST_LINKS`` links each way; None if the id is unknown."""
    if "\0" in artifact_id:  # which the database cannot hold
        return None
    query = files("scidex.core").joinpath("artifacts.sql").read_bytes()
    with conn.cursor(row_factory=dict_row) as cursor:
        row = cursor.execute(
            query, {"id": artifact_id, "most": MOST_LINKS, "most_characters": MOST_CHARACTERS}
        ).fetchone()
    return None if row is None else _artifact(row)


def artifact_address(artifact_id: str, artifact_type: str | None) -> str:
    """Return the address of an artifact's page; models have their own page."""
    folder = "models" if artifact_type == MODEL else "artifact"
    if artifact_id in _IN_QUERY:
        return f"/{folder}/?{urlencode({'id': artifact_id})}"
    return f"/{folder}/{quote(artifact_id, safe='')}"


def _artifact(row: dict[str, Any]) -> Artifact:
    return Artifact(
        id=row["id"],
        artifact_type=row["artifact_type"],
        title=_cut(row["title"], MOST_TITLE),
        version_number=row["version_number"],
        facts=_facts(row),
        origin_href=_web_address(_cut(row["origin_url"], MOST_TEXT)),
        metadata=row["metadata"],
        cut_from=row["characters"] if (row["characters"] or 0) > MOST_CHARACTERS else None,
        depends_on=_relations(row["depends_on"]),
        dependents=_relations(row["dependents"]),
        models_href=_models_of(row["id"]) if row["artifact_type"] in _DATASETS else None,
    )


def _models_of(dataset_id: str) -> dict[str, str]:
    """Return the addresses of the lists of models that were trained on a dataset, and evaluated on it."""
    return {
        "trained": f"/models?{urlencode({'dataset': dataset_id})}",
        "evaluated": f"/models?{urlencode({'evaluated_on': dataset_id})}",
    }


def _facts(row: dict[str, Any]) -> dict[str, str]:
    latest = "latest" if row["is_latest"] else "not the latest"
    created_by = _cut(row["created_by"], MOST_TITLE) or "unknown"
    named = {
        "Type": _cut(row["artifact_type"], MOST_LABEL).replace("_", " "),
        "Version": f"v{row['version_number']}, {latest}",
        "Tag": _cut(row["version_tag"], MOST_LABEL),
        "Id": row["id"],
        "State": _cut(row["lifecycle_state"], MOST_LABEL),
        "Origin": _cut(row["origin_type"], MOST_LABEL),
        "Registered": row["created_on"] and f"{row['created_on']} by {created_by}",
        "Content hash": _cut(row["content_hash"], MOST_TITLE)
        or "none: a change of the content would not be seen",
        "Changelog": _cut(row["changelog"], MOST_TEXT),
    }
    return {name: text for name, text in named.items() if text}


def _cut(text: str | None, most: int) -> str:
    text = text or ""
    return text if len(text) <= most else text[:most] + "…"


def _relations(links: Sequence[Sequence[Any]]) -> Relations:
    return Relations(_related(links[:MOST_LINKS]), len(links) > MOST_LINKS)


def _related(links: Sequence[Sequence[Any]]) -> list[Related]:
    return [
        Related(
            relation=relation.replace("_", " "),
            id=artifact_id,
            title=title or artifact_id,
            artifact_type=artifact_type and artifact_type.replace("_", " "),
            version_number=version_number,
            href=None if artifact_type is None else artifact_address(artifact_id, artifact_type),
        )
        for relation, artifact_id, artifact_type, title, version_number in links
    ]


def _web_address(text: str | None) -> str | None:
    # Other addresses, such as javascript:, must not become links.
    try:
        return text if text and urlsplit(text).scheme in {"http", "https"} else None
    except ValueError:
        return None
