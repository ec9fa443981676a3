"""Writes a registry of plain dicts into the host's tables and reads what the registry answers about it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from psycopg import Connection
from psycopg.types.json import Jsonb

from scidex.atlas._model_registry.contract.answers import ProvenanceVerdict, RuleVerdict
from scidex.atlas._model_registry.contract.query import ModelQuery
from scidex.atlas._model_registry.entries.provenance import provenance_verdict
from scidex.atlas._model_registry.records.models import ModelRecord
from scidex.atlas._model_registry.records.provenance import Origins
from scidex.atlas._model_registry.store import listing, models
from scidex.atlas._model_registry.store.ordering import Order
from tests.provenance.registry import Registry

_COLUMNS = (
    *("artifact_type", "content_hash", "version_number", "parent_version_id", "quality_score"),
    *("version_tag", "lifecycle_state", "superseded_by", "changelog"),
)
_ARTIFACTS = f"COPY artifacts (id, title, metadata, provenance_chain, {', '.join(_COLUMNS)}) FROM STDIN"
_BASES = "COPY model_versions (artifact_id, base_model_id) FROM STDIN"
_LINKS = "COPY artifact_links (source_artifact_id, link_type, target_artifact_id) FROM STDIN"


@dataclass(frozen=True)
class Answer:
    """What the registry says of one model: its list entry, what is known of its origin, and the verdict in words."""

    model: ModelRecord
    origins: Origins
    verdict: ProvenanceVerdict

    def said(self) -> dict[str, object]:
        """Return the part that every judge must answer alike."""
        facts = self.origins.facts
        dead_ends = (facts.unresolved_datasets, facts.unresolved_analyses, facts.unresolved_hypotheses)
        return {
            "datasets": list(self.model.datasets),
            "analyses": list(self.model.analyses),
            "hypotheses": list(self.model.hypotheses),
            "claims": facts.claims_hypothesis,
            "missing": list(self.model.missing),
            "stored": self.model.quality_score_stored,
            "quality": self.model.quality_score,
            "score": self.verdict["score"],
            "inputs": {
                entry["artifact_id"]: (entry["status"], entry["pinned_version"])
                for entry in self.verdict["inputs"]
            },
            "dead ends": [[named.name for named in kind] for kind in dead_ends],
        }

    def rule(self, name: str) -> RuleVerdict:
        """Return the verdict on one rule."""
        (found,) = (rule for rule in self.verdict["rules"] if rule["rule"] == name)
        return found


def write(conn: Connection, registry: Registry) -> None:
    """Insert every artifact and link, in their order."""
    with conn.cursor() as cursor:
        with cursor.copy(_ARTIFACTS) as copy:
            for key, row in registry.artifacts.items():
                documents = (Jsonb(row["metadata"]), Jsonb(row["provenance_chain"]))
                copy.write_row((key, f"title of {key}", *documents, *(row[column] for column in _COLUMNS)))
        with cursor.copy(_LINKS) as copy:
            for link in registry.links:
                copy.write_row(link)
        with cursor.copy(_BASES) as copy:
            for key, row in registry.artifacts.items():
                if row["base_model_id"] is not None:
                    copy.write_row((key, row["base_model_id"]))


@contextmanager
def written(conn: Connection, registry: Registry) -> Iterator[Connection]:
    """Hold a registry in the database for as long as the block runs."""
    with conn.transaction(force_rollback=True):
        write(conn, registry)
        yield conn


def answers(conn: Connection) -> dict[str, Answer]:
    """Return the registry's answer on every model, by id."""
    # How many are folded matters to conditions on metrics alone.
    listed, _ = listing.list_models(conn, ModelQuery(limit=200), Order(ascending=False), None, folded=0)
    names = [entry.model.id for entry in listed]
    assert len(set(names)) == len(names), "a model is listed twice"
    origins = models.provenance(conn, names)
    return {
        one.model.id: Answer(
            one.model, origins[one.model.id], provenance_verdict(one.model, origins[one.model.id].facts)
        )
        for one in listed
    }


def answers_about(conn: Connection, registry: Registry) -> dict[str, Answer]:
    """Return what the registry says of every model of a registry, leaving no trace of it."""
    with written(conn, registry):
        return answers(conn)
