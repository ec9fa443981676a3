"""Everything that is registered of one artifact."""

from typing import Annotated

from typing_extensions import TypedDict

from scidex.atlas._model_registry.contract.answers.description import AnyJson, described
from scidex.atlas._model_registry.contract.answers.details import LinkEntries


class ArtifactDetail(TypedDict):
    """One artifact of any type, as its row says, with its links."""

    id: Annotated[str, described("identifier of this version", "dataset-ad-train")]
    artifact_type: Annotated[str, described("dataset, analysis, hypothesis, model, …", "tabular_dataset")]
    title: Annotated[str, described("name for a person", "Alzheimer's biomarkers: training participants")]
    version_number: Annotated[int, described("place in its lineage, counted from 1", 1)]
    version_tag: Annotated[str | None, described("name given to this version", "best")]
    is_latest: Annotated[bool, described("whether it is the latest version of its lineage", example=True)]
    lifecycle_state: Annotated[str | None, described("its state in the host", "active")]
    quality_score: Annotated[
        float | None, described("score as the row holds it, 0 to 1; null if unscored", 0.82)
    ]
    origin_type: Annotated[str | None, described("internal if made here, external if taken over", "external")]
    origin_url: Annotated[str | None, described("where it was taken from", "https://example.org/data/7")]
    content_hash: Annotated[str | None, described("hash of its content", "sha256:a97b9bf0")]
    created_by: Annotated[str | None, described("person or program that registered it", "scidex.forge.demo")]
    created_at: Annotated[
        str | None, described("moment of registration, RFC 3339 in UTC", "2026-04-05T12:00:00Z")
    ]
    changelog: Annotated[str | None, described("what changed since its parent", "Two samples removed.")]
    parent_version_id: Annotated[
        str | None, described("version it was made from; null for a first one", "dataset-ad")
    ]
    superseded_by: Annotated[
        str | None, described("version that replaces it; null if none does", "dataset-ad-train-v2")
    ]
    metadata: Annotated[AnyJson, described("all that was registered with it, unchanged", {"rows": 230})]
    links: Annotated[LinkEntries, described("its links to other artifacts, both ways")]
    unreadable: Annotated[
        list[str], described("paths of what was left out or cut, as it cannot be read", ["links.incoming"])
    ]
