"""The write side of the Atlas: register artifacts and models, link them, create versions, tag and pin.

Every function does its work whole or not at all. ``conn`` is a psycopg connection to the primary: the work joins its
transaction and is left uncommitted, and a failure leaves that transaction as it was. Without one a connection is
borrowed from the host's primary pool (from the read pool to read) and committed, and the work is repeated a few times
when other writers are in the way.

What cannot be registered raises an :class:`ArtifactRegistryError`, most often :class:`InvalidArtifact`; its ``field``
names the argument, with the path where that is a document. Writing, and in a SERIALIZABLE transaction reading too, may
raise :class:`WriteConflict`: the same call may succeed later. On a connection that was given, nothing is tried again:
roll back and repeat the whole transaction, also when its commit fails with ``psycopg.errors.SerializationFailure``.
"""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Unpack

from psycopg import Connection

from scidex.atlas._artifact_registry import (
    drafts,
    evaluations,
    fields,
    lineages,
    pins,
    registration,
    versions,
)
from scidex.atlas._artifact_registry.errors import (
    ArtifactExists,
    ArtifactNotFound,
    ArtifactRegistryError,
    Fault,
    InvalidArtifact,
    VersionTagTaken,
    WriteConflict,
    gather,
)
from scidex.atlas._artifact_registry.records import (
    Attributes,
    Change,
    Link,
    ModelVersion,
    Pin,
    RegisteredModel,
    RegisteredVersion,
    Version,
    VersionDifference,
)
from scidex.atlas._artifact_registry.transactions import read, write

__all__ = [
    "ArtifactExists", "ArtifactNotFound", "ArtifactRegistryError", "Attributes", "Change", "Fault", "InvalidArtifact",
    "Link", "ModelVersion", "Pin", "RegisteredModel", "RegisteredVersion", "Version", "VersionDifference",
    "VersionTagTaken", "WriteConflict", "create_link", "create_version", "diff_versions", "get_latest_version",
    "get_version_history", "pin_inputs", "pin_version", "register_artifact", "register_evaluation", "register_model",
]  # fmt: skip  # one name per line would push the first function off the screen

Names = str | Sequence[str] | None


def register_artifact(
    *,
    artifact_type: str,
    title: str,
    metadata: Mapping[str, object] | None = None,
    links: Sequence[Link] = (),
    conn: Connection | None = None,
    **attributes: Unpack[Attributes],
) -> str:
    """Write the first version of an artifact with its links and return its id.

    ``links`` lead from the new artifact to registered ones; for the other arguments see :class:`Attributes`. Models and
    evaluations have their own functions, which check their content; ``sample_ids`` of datasets are checked here.

    Raises:
        InvalidArtifact: a value cannot be stored.
        ArtifactExists: the id is taken.
        ArtifactNotFound: a link leads to an artifact that is not registered.

    """
    checked = gather(
        kind=partial(fields.word, "artifact_type", artifact_type),
        row=partial(drafts.artifact_row, artifact_type, title=title, metadata=metadata, **attributes),
        links=partial(drafts.checked_links, links),
    )
    return write(conn, partial(registration.write_artifact, row=checked["row"], links=checked["links"]))


def register_model(
    *,
    title: str,
    model_family: str,
    metadata: Mapping[str, object],
    trained_on: Names,
    produced_by: Names,
    tests: Names = None,
    model_version: ModelVersion | Mapping[str, object] | None = None,
    links: Sequence[Link] = (),
    conn: Connection | None = None,
    **attributes: Unpack[Attributes],
) -> RegisteredModel:
    """Write the first version of a model with its ``model_versions`` row and links, and judge its provenance.

    ``trained_on``, ``produced_by`` and ``tests`` name datasets, analyses and hypotheses by id, with or without the
    type's prefix. They are written to the metadata (``trained_on_dataset_id``, ``produced_by_analysis_id``,
    ``tests_hypothesis_id``) and, where they lead to an artifact of the fitting type, as links. None is required, and a
    name that leads nowhere is not refused: the score is capped at reading, and the verdict returned says what is
    missing. What is stored but cannot be used, such as a unit that cannot be read, is named by the ``warnings``.

    ``metadata`` must describe a model of the family: ``biophysical`` needs equations and parameters with value and
    units, ``deep_learning`` architecture and layer_config, ``statistical`` model_type and a formula or features. The
    units of a parameter may be None (not declared), its value None where a ``rule`` or ``assignment`` computes it or
    where it is free between ``lower`` and ``upper`` (None: open). A logical, rule-based or constraint-based model has a
    ``model_type`` and may have no equations. The spread of a metric is ``metric_metadata[name]["std"]``. Scalars of
    array libraries are taken by their value. The other arguments are those of :func:`register_artifact`.

    Raises:
        InvalidArtifact: values cannot be stored, or the metadata does not describe a model of the family; its
            ``faults`` name all of them by path, each with what to write instead.
        ArtifactExists: the id is taken.
        ArtifactNotFound: a link, the base model or the evaluation dataset is not registered.

    """
    draft = partial(
        registration.model_draft,
        partial(drafts.artifact_row, "model", title=title, metadata=metadata, **attributes),
        metadata=metadata,
        family=model_family,
        origin_arguments={"trained_on": trained_on, "produced_by": produced_by, "tests": tests},
        model_version=model_version,
    )
    checked = gather(draft=draft, links=partial(drafts.checked_links, links))
    return write(conn, partial(registration.register_model, **checked))


def register_evaluation(
    *,
    title: str,
    metadata: Mapping[str, object],
    model: str | None = None,
    dataset: str | None = None,
    dataset_version: int | None = None,
    produced_by: str | None = None,
    links: Sequence[Link] = (),
    conn: Connection | None = None,
    **attributes: Unpack[Attributes],
) -> str:
    """Write an evaluation, a model version's predictions for the samples of a dataset version, and return its id.

    ``metadata`` holds the columns as docs/evidence.md names them (``split``, ``task``, ``observed``, ``predicted``, …)
    and, unless they are arguments, ``model_id``, ``dataset_id`` and ``dataset_version``. The version is filled in;
    given, it must be the dataset's. Links lead to model (``evaluates``), dataset (``uses``) and analysis
    (``produced_by``). ``content_hash`` is computed; the other arguments are those of :func:`register_artifact`.

    Raises:
        InvalidArtifact: columns are unsound or too large; its ``faults`` name all fields, of each up to 20 rows
            (``metadata.observed[3]``). Or the model, dataset or analysis is of another type or version.
        ArtifactExists: the id is taken.
        ArtifactNotFound: model, dataset, analysis or the target of a link is not registered.

    """
    subject = {"model_id": model, "dataset_id": dataset, "dataset_version": dataset_version}
    draft = partial(evaluations.evaluation_draft, metadata, subject, produced_by, title=title, **attributes)
    checked = gather(draft=draft, links=partial(drafts.checked_links, links))
    return write(conn, partial(registration.write_evaluation, **checked))


def create_link(
    source: str,
    target: str,
    link_type: str,
    *,
    strength: float | None = None,
    evidence: object = None,
    conn: Connection | None = None,
) -> int:
    """Link one registered artifact to another that it depends on, and return the link's id.

    The same link again is the same row and id; a strength or evidence that is given then replaces the stored one.

    Raises:
        InvalidArtifact: a value cannot be stored, or both ends are the same artifact.
        ArtifactNotFound: an end is not registered.

    """
    link = drafts.checked_link("", Link(target, link_type, strength, evidence))
    known_source = fields.identifier("source", source)
    if known_source == link.target:
        raise InvalidArtifact("target", target, "an artifact does not depend on itself; name another")
    return write(conn, partial(registration.link, source=known_source, given=link))


def create_version(
    parent_id: str,
    *,
    changelog: str,
    title: str | None = None,
    metadata: Mapping[str, object] | None = None,
    model_family: str | None = None,
    trained_on: Names = None,
    produced_by: Names = None,
    tests: Names = None,
    model_version: ModelVersion | Mapping[str, object] | None = None,
    candidate: bool = False,
    links: Sequence[Link] = (),
    conn: Connection | None = None,
    **attributes: Unpack[Attributes],
) -> RegisteredVersion:
    """Write the next version of an artifact, linked to its parent with ``derives_from``.

    Its number is the parent's plus one; it has the parent's type, and the parent's title and (for a model) family where
    none is given. Nothing else is inherited. Models are checked, linked and judged as by :func:`register_model`,
    evaluations checked and linked as by :func:`register_evaluation`; only models take the arguments of models.

    Afterwards exactly one version of the lineage is latest: the new one, or with ``candidate`` the one that was before
    (a candidate's ``lifecycle_state`` is ``candidate`` unless given, that of others ``active``). Writers of one lineage
    take turns. Two that extend the same parent both succeed, as branches with the same number; the later is latest.

    Raises:
        InvalidArtifact, ArtifactExists, ArtifactNotFound: as :func:`register_model`.

    """
    request = versions.VersionRequest(
        parent_id=fields.identifier("parent_id", parent_id),
        changelog=changelog,
        candidate=candidate,
        title=title,
        metadata=metadata,
        attributes=attributes,
        links=links,
        model_family=model_family,
        origins={"trained_on": trained_on, "produced_by": produced_by, "tests": tests},
        model_version=model_version,
    )
    return write(conn, partial(versions.create, request=request))


def get_version_history(artifact_id: str, *, conn: Connection | None = None) -> list[Version]:
    """Return every version of an artifact, branches included, by version number, then time, then id.

    Any version's id leads to the whole lineage; of a broken or cyclic one, the connected part is returned.

    Raises:
        InvalidArtifact: the id is not text.
        ArtifactNotFound: the id is unknown.

    """
    return read(conn, partial(lineages.history, artifact_id=fields.text("artifact_id", artifact_id)))


def get_latest_version(artifact_id: str, *, conn: Connection | None = None) -> Version:
    """Return the version of the lineage that is marked latest.

    Where none or several are, it is the one with the highest number, then the newest. Raises as the history does.
    """
    return lineages.latest(get_version_history(artifact_id, conn=conn))


def diff_versions(a: str, b: str, *, conn: Connection | None = None) -> VersionDifference:
    """Return the difference of version ``b`` from ``a``: title, content hash, score and every leaf of metadata.

    They need not belong to one lineage, but must have one type. The difference is false where nothing differs.

    Raises:
        InvalidArtifact: an id is not text, or the types differ.
        ArtifactNotFound: an id is unknown.

    """
    before, after = fields.text("a", a), fields.text("b", b)
    return read(conn, partial(versions.difference, before=before, after=after))


def pin_version(artifact_id: str, tag: str, *, conn: Connection | None = None) -> Version:
    """Tag a version (``v1.0``, ``best``, ``stable``, …), in place of the tag it may have, and return the version.

    Raises:
        InvalidArtifact: the tag is blank, has space around it, or has more than 100 characters.
        ArtifactNotFound: the id is unknown.
        VersionTagTaken: another version of the lineage carries the tag.

    """
    known = fields.identifier("artifact_id", artifact_id)
    return write(conn, partial(lineages.tag, artifact_id=known, name=fields.label("tag", tag)))


def pin_inputs(analysis_id: str, *, conn: Connection | None = None) -> tuple[Pin, ...]:
    """Record version and content hash of every input of an analysis in its ``metadata.pinned_artifacts``.

    Inputs are the registered targets of its ``cites``, ``uses`` and ``derives_from`` links, except its own previous
    version, and the training datasets of the models it produced: the policy asks for a pin of each. So pin after the
    models are registered. Earlier pins of the same artifacts are replaced. Returns the new pins, by id.

    Raises:
        InvalidArtifact: it is not an analysis, or its metadata is not an object that can take a list of pins.
        ArtifactNotFound: the id is unknown.

    """
    known = fields.identifier("analysis_id", analysis_id)
    return write(conn, partial(pins.pin, analysis_id=known))
