"""The lossless record of one model: its detail and the artifacts it links to. All other formats derive from it."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from scidex.atlas._model_registry.contract.answers import ModelDetail, RelatedArtifact
from scidex.atlas._model_registry.exports.predictions import with_predictions
from scidex.atlas._model_registry.pages.words.addresses import artifact_address, model_address
from scidex.atlas._model_registry.store.evaluations import EvaluationDocument

# Raise it when a reader of the file must know of a change.
LAYOUT: Final = 1


@dataclass(frozen=True)
class Record:
    """A model with the artifacts it links to; ``base`` is the registry's public address, without a slash at its end.

    ``evaluations`` are those of the model with their columns, ``samples`` the ids of its training samples as JSON, by
    dataset id; both are read only for the formats that hold them.
    """

    model: ModelDetail
    related: Sequence[RelatedArtifact]
    base: str
    evaluations: Sequence[EvaluationDocument] = ()
    samples: Mapping[str, str] = field(default_factory=dict)

    @property
    def address(self) -> str:
        """The address of the model's page."""
        return self.base + model_address(self.model["id"])

    @cached_property
    def by_id(self) -> dict[str, RelatedArtifact]:
        """The artifacts it links to, by id."""
        return {one["id"]: one for one in self.related}

    def address_of(self, artifact_id: str) -> str:
        """Return the address of an artifact's page, registered or not."""
        known = self.by_id.get(artifact_id)
        kind = known["artifact_type"] if known else None
        return self.base + artifact_address(artifact_id, "model" if artifact_id == self.model["id"] else kind)


def related_ids(model: ModelDetail) -> list[str]:
    """Return the ids of all artifacts in a model's detail, each once, without its own."""
    return [name for name in dict.fromkeys(_named(model)) if name and name != model["id"]]


def _named(model: ModelDetail) -> Iterator[str | None]:
    yield from (node["id"] for node in model["provenance"]["graph"]["nodes"])
    yield from model["training_datasets"]
    yield from (item["artifact_id"] for item in model["provenance"]["inputs"])
    for links in (model["links"]["outgoing"], model["links"]["incoming"]):
        yield from (link["artifact"]["id"] for link in links)
    for evaluation in model["evaluations"]:
        yield from (evaluation["id"], evaluation["dataset"])
    yield from (version["id"] for version in model["versions"])
    yield from (model["parent_version_id"], model["superseded_by"])
    if version := model["model_version"]:
        yield from (version["base_model_id"], version["eval_dataset_artifact_id"], version["benchmark_id"])


def as_json(record: Record) -> bytes:
    """Return ``scidex-record.json``: the detail as the route sends it, its address, links and evaluations."""
    whole = {
        "scidex_record": LAYOUT,
        **record.model,
        "address": record.address,
        "related": list(record.related),
    }
    text = json.dumps(whole, ensure_ascii=False, allow_nan=False, indent=2)
    return with_predictions(text, record.evaluations, record.samples).encode()
