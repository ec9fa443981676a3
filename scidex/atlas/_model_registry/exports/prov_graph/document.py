"""The provenance graph of a record as a PROV document.

Artifacts are entities, analyses are activities. An analysis uses its pinned inputs and the training data of its models,
and generates the models. The document adds nothing to the graph: without an analysis, a model derives from its training
data, and a relation that is a mere dependence becomes an influence.
"""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from scidex.atlas._model_registry.contract.answers import Edge, Node, RuleVerdict
from scidex.atlas._model_registry.exports.record import Record

if TYPE_CHECKING:
    from prov.identifier import Namespace, QualifiedName
    from prov.model import ProvDocument

_ACTIVITIES: Final = frozenset({"analysis"})
_DERIVATIONS: Final = frozenset({"derives_from", "fine_tuned_from", "trained_on", "trained_on_dataset_id"})
_GENERATIONS: Final = frozenset({"produced_by", "produced_by_analysis_id"})
_PLACES: Final[Mapping[str, str]] = {"model": "/models/", "artifact": "/artifact/"}


class ProvGraph:
    """A PROV document that is filled from one record."""

    def __init__(self, record: Record) -> None:
        # Imported on first use: most processes never write PROV.
        from prov.model import PROV, ProvDocument  # noqa: PLC0415

        self._record = record
        self._prov = PROV
        self.document: ProvDocument = ProvDocument()
        self._words = self.document.add_namespace("scidex", f"{record.base}/docs#")
        self._relations = self.document.add_namespace("relation", f"{record.address}#relation-")
        self._places: dict[str, Namespace] = {
            name: self.document.add_namespace(name, record.base + path) for name, path in _PLACES.items()
        }
        self._agents = self.document.add_namespace("agent", f"{record.base}/models?created_by=")
        self._activities = {
            node["id"]
            for node in record.model["provenance"]["graph"]["nodes"]
            if node["artifact_type"] in _ACTIVITIES
        }
        causes = record.model["standing"]["because"]
        self._fallen = {cause["artifact_id"]: cause["state"] for cause in causes}
        self._fallen[record.model["id"]] = record.model["standing"]["status"]
        self._number = 0

    def fill(self) -> None:
        """Add the elements, then their relations."""
        graph = self._record.model["provenance"]["graph"]
        for node in graph["nodes"]:
            self._element(node)
        parent = (self._record.model["id"], self._record.model["parent_version_id"])
        for edge in graph["edges"]:
            if (edge["source"], edge["target"]) != parent or edge["relation"] != "derives_from":
                self._relation(edge)
        self._inputs({(edge["source"], edge["target"]) for edge in graph["edges"]})
        self._revision()
        self._agent()

    def _name(self, artifact_id: str) -> "QualifiedName":
        """Return the name of an artifact, the address of its page."""
        address = self._record.address_of(artifact_id)
        for place in self._places.values():
            if address.startswith(place.uri):
                return place[address.removeprefix(place.uri)]
        raise AssertionError(address)

    def _element(self, node: Node) -> None:
        attributes = dict(self._attributes(node))
        if node["id"] in self._activities:
            self.document.activity(self._name(node["id"]), other_attributes=attributes)
        else:
            self.document.entity(self._name(node["id"]), other_attributes=attributes)

    def _attributes(self, node: Node) -> Iterator[tuple[Any, Any]]:
        known = self._record.by_id.get(node["id"])
        kind = node["artifact_type"] or "unregistered"
        yield self._prov["label"], node["title"] or node["id"]
        yield self._prov["type"], self._words[quote(kind, safe="")]
        yield self._words["id"], node["id"]
        if node["version_number"] is not None:
            yield self._words["version"], node["version_number"]
        if node["id"] == self._record.model["id"]:
            yield from self._trust()
        elif known and known["content_hash"]:
            yield self._words["contentHash"], known["content_hash"]
        if known and known["lifecycle_state"]:
            yield self._words["state"], known["lifecycle_state"]
        if fallen := self._fallen.get(node["id"]):
            yield self._words["standing"], fallen

    def _trust(self) -> Iterator[tuple[Any, Any]]:
        model = self._record.model
        attributes = {
            "qualityScore": model["quality_score"],
            "qualityScoreStored": model["quality_score_stored"],
            "provenanceComplete": model["provenance_complete"],
            "provenanceWarning": model["provenance_warning"],
            "contentHash": model["content_hash"],
            "registered": model["created_at"],
        }
        yield from ((self._words[name], value) for name, value in attributes.items() if value is not None)

    def _relation(self, edge: Edge) -> None:
        source, target, relation = edge["source"], edge["target"], edge["relation"]
        if source in self._activities:
            self._used(source, target, relation)
        elif relation in _GENERATIONS and target in self._activities:
            self.document.wasGeneratedBy(
                self._name(source),
                self._name(target),
                identifier=self._next(),
                other_attributes=self._type(relation),
            )
        elif relation in _DERIVATIONS and target not in self._activities:
            self.document.wasDerivedFrom(
                self._name(source),
                self._name(target),
                identifier=self._next(),
                other_attributes=self._type(relation),
            )
        else:
            self._influence(source, target, relation)

    def _used(self, activity: str, target: str, relation: str) -> None:
        if target in self._activities:
            self._influence(activity, target, relation)
        else:
            self.document.used(
                self._name(activity),
                self._name(target),
                identifier=self._next(),
                other_attributes=self._type(relation),
            )

    def _influence(self, source: str, target: str, relation: str) -> None:
        self.document.wasInfluencedBy(
            self._name(source),
            self._name(target),
            identifier=self._next(),
            other_attributes=self._type(relation),
        )

    def _inputs(self, told: set[tuple[str, str]]) -> None:
        """Add that the producing analysis used its pinned inputs and training data, unless an edge tells it already."""
        producers = [name for rule in self._rules("produced_by_analysis_id") for name in rule["evidence"]]
        if len(producers) != 1 or producers[0] not in self._activities:
            return
        (analysis,) = producers
        trained = dict.fromkeys(self._record.model["training_datasets"], "trained_on")
        pinned = {
            item["artifact_id"]: "pinned_input"
            for item in self._record.model["provenance"]["inputs"]
            if item["pinned_version"] is not None
        }
        for name, relation in (trained | pinned).items():
            if (analysis, name) not in told:
                self._used(analysis, name, relation)

    def _rules(self, name: str) -> list[RuleVerdict]:
        return [rule for rule in self._record.model["provenance"]["rules"] if rule["rule"] == name]

    def _revision(self) -> None:
        model = self._record.model
        if model["parent_version_id"]:
            self.document.wasDerivedFrom(
                self._name(model["id"]),
                self._name(model["parent_version_id"]),
                identifier=self._next(),
                other_attributes={self._prov["type"]: self._prov["Revision"]},
            )

    def _agent(self) -> None:
        if name := self._record.model["created_by"]:
            agent = self.document.agent(self._agents[quote(name, safe="")], {self._prov["label"]: name})
            self.document.wasAttributedTo(
                self._name(self._record.model["id"]), agent, identifier=self._next()
            )

    def _next(self) -> "QualifiedName":
        """Return the next name of a relation; named relations give the same file each time."""
        self._number += 1
        return self._relations[str(self._number)]

    def _type(self, relation: str) -> dict[Any, Any]:
        return {self._prov["type"]: self._words[quote(relation, safe="")]}


def prov_document(record: Record) -> "ProvDocument":
    """Return a model's provenance as a PROV document."""
    graph = ProvGraph(record)
    graph.fill()
    return graph.document
