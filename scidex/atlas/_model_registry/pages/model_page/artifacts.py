"""Other artifacts by name: their titles, from anywhere in the answer, and their links."""

from collections.abc import Mapping
from dataclasses import dataclass

from scidex.atlas._model_registry.contract.answers import ModelDetail
from scidex.atlas._model_registry.pages.words.addresses import artifact_address
from scidex.atlas._model_registry.pages.words.wording import shortened

_TITLE_LIMIT = 90


@dataclass(frozen=True, slots=True, kw_only=True)
class ArtifactLink:
    """An artifact by its title and id; ``href`` is None unless it is known to exist."""

    words: str
    id: str
    href: str | None


@dataclass(frozen=True, slots=True)
class KnownArtifacts:
    """The artifacts in an answer: their types, and their titles where it gives them, by id."""

    types: Mapping[str, str]
    titles: Mapping[str, str]

    def link(self, name: str, artifact_type: str) -> ArtifactLink:
        """Return the link to an artifact by a name with or without its type's prefix."""
        for spelling in (name, f"{artifact_type}-{name}", name.removeprefix(f"{artifact_type}-")):
            if spelling in self.types:
                words = shortened(self.titles.get(spelling, spelling), _TITLE_LIMIT)
                href = artifact_address(spelling, self.types[spelling])
                return ArtifactLink(words=words, id=spelling, href=href)
        return ArtifactLink(words=shortened(name, _TITLE_LIMIT), id=name, href=None)


def known_artifacts(model: ModelDetail) -> KnownArtifacts:
    """Return the artifacts in a model's links, inputs and graph."""
    types = {version["id"]: "model" for version in model["versions"]}
    titles: dict[str, str] = {}
    for dataset in model["training_datasets"]:
        types[dataset] = "dataset"
    version = model["model_version"]
    if version:  # foreign keys, so their targets exist
        types |= {
            version["eval_dataset_artifact_id"] or "": "dataset",
            version["base_model_id"] or "": "model",
        }
    for artifact_id, artifact_type, title in _told(model):
        types[artifact_id] = artifact_type
        if title:
            titles[artifact_id] = title
    return KnownArtifacts(types, titles)


def _told(model: ModelDetail) -> list[tuple[str, str, str | None]]:
    nodes = model["provenance"]["graph"]["nodes"]
    links = [*model["links"]["outgoing"], *model["links"]["incoming"]]
    ends = [link["artifact"] for link in links]
    return [
        *((end["id"], end["artifact_type"], end.get("title")) for end in ends if "artifact_type" in end),
        *(
            (item["artifact_id"], item["artifact_type"], item["title"])
            for item in model["provenance"]["inputs"]
            if item["artifact_type"] is not None
        ),
        *(
            (node["id"], node["artifact_type"], node["title"])
            for node in nodes
            if node["artifact_type"] is not None and not node["missing"]
        ),
    ]
