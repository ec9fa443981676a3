"""Carries out a plan, whole or not at all."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, TypeAlias

from psycopg import Connection
from psycopg.pq import TransactionStatus

from scidex.atlas.artifact_registry import (
    ArtifactExists,
    ArtifactNotFound,
    ArtifactRegistryError,
    InvalidArtifact,
    WriteConflict,
    create_link,
    create_version,
    pin_inputs,
    pin_version,
    register_artifact,
    register_evaluation,
    register_model,
)
from scidex.atlas.model_registry import get_model_detail, read_claims
from scidex.forge.importers.plan import Plan, PlannedArtifact, PlannedEvaluation, PlannedModel
from scidex.forge.importers.refusals import Refused, shown
from scidex.forge.importers.registered import Registered, registered

_Planned: TypeAlias = PlannedArtifact | PlannedModel | PlannedEvaluation

_OTHER_CONTENT = "this id is registered with other content"
_HOW_TO_REPLACE = "register it as the next version of that one, by create_version, or give it another id"


@dataclass(slots=True)
class Outcome:
    """The outcome of a plan: ids by what happened to them, and the verdict on the provenance of new models."""

    plan: Plan
    new: list[str] = field(default_factory=list)
    already_there: list[str] = field(default_factory=list)
    provenance: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    warnings: list[Mapping[str, str]] = field(default_factory=list)


def carry_out(plan: Plan, conn: Connection) -> Outcome:
    """Register all of a plan that is not registered yet; the transaction of ``conn`` is left uncommitted.

    Artifacts that are registered with the same content stay as they are, so it is safe to repeat. A failure leaves the
    transaction as it was.

    Raises:
        Refused: an artifact cannot be registered, or its id is registered with other content.
        WriteConflict: as the write side raises it; the whole transaction can be tried again.

    """
    if not conn.autocommit and conn.info.transaction_status is TransactionStatus.IDLE:
        conn.execute("SELECT")  # opens the transaction, which the block below would otherwise be and commit
    outcome = Outcome(plan)
    with conn.transaction():
        planned: list[_Planned] = [*plan.artifacts, *plan.models, *plan.evaluations]
        there = registered(conn, [each.artifact_id for each in planned])
        for each in planned:
            if each.artifact_id in there:
                _compare(each, there[each.artifact_id])
                outcome.already_there.append(each.artifact_id)
            elif each.artifact_id not in outcome.new:
                _told(each.artifact_id, partial(_register, each, outcome, conn))
                outcome.new.append(each.artifact_id)
        _link(plan, outcome, conn)
        _pin(plan.artifacts, outcome, conn)
    return outcome


def _compare(each: _Planned, found: Registered) -> None:
    """Refuse an artifact that is registered with other content than the source has."""
    kind = _type_of(each)
    if found.artifact_type != kind:
        raise Refused(
            each.artifact_id,
            f"this id is registered as a {found.artifact_type}, not a {kind}",
            _HOW_TO_REPLACE,
        )
    planned = _hash_of(each)
    if planned is not None and found.content_hash != planned:
        reason = f"{_OTHER_CONTENT} ({found.content_hash or 'no hash'}; the source has {planned})"
        raise Refused(each.artifact_id, reason, _HOW_TO_REPLACE)


def _type_of(each: _Planned) -> str:
    if isinstance(each, PlannedArtifact):
        return each.artifact_type
    return "model" if isinstance(each, PlannedModel) else "evaluation"


def _hash_of(each: _Planned) -> str | None:
    if isinstance(each, PlannedEvaluation):
        sound = read_claims({**each.metadata, "model_id": each.model, "dataset_id": each.dataset}).sound
        return None if sound is None else f"sha256:{sound.digest}"
    return each.content_hash


def _register(each: _Planned, outcome: Outcome, conn: Connection) -> None:
    attributes: dict[str, Any] = {**each.attributes, "artifact_id": each.artifact_id}
    common: dict[str, Any] = {
        "title": each.title,
        "metadata": each.metadata,
        "links": each.links,
        "conn": conn,
    }
    if isinstance(each, PlannedEvaluation):
        subject: dict[str, Any] = {
            "model": each.model,
            "dataset": each.dataset,
            "produced_by": each.produced_by,
        }
        register_evaluation(**subject, **common, **attributes)
        return
    attributes["content_hash"] = each.content_hash
    if isinstance(each, PlannedArtifact):
        register_artifact(artifact_type=each.artifact_type, **common, **attributes)
    else:
        _register_model(each, outcome, {**common, **attributes})


def _register_model(each: PlannedModel, outcome: Outcome, arguments: dict[str, Any]) -> None:
    origins = {name: list(getattr(each, name)) or None for name in ("trained_on", "produced_by", "tests")}
    described = {
        **arguments,
        **origins,
        "model_family": each.model_family,
        "model_version": each.model_version,
    }
    if each.parent is None:
        new = register_model(**described)
        provenance, warnings = new.provenance, new.warnings
    else:
        version_fields: dict[str, Any] = {
            "changelog": each.changelog or "imported",
            "candidate": each.candidate,
        }
        version = create_version(each.parent, **version_fields, **described)
        provenance, warnings = version.provenance or {}, version.warnings
    if each.version_tag is not None:
        pin_version(each.artifact_id, each.version_tag, conn=arguments["conn"])
    outcome.provenance[each.artifact_id] = provenance
    outcome.warnings += warnings


def _link(plan: Plan, outcome: Outcome, conn: Connection) -> None:
    """Write the links from new artifacts; those that were registered before keep their links."""
    for source, link in plan.links:
        if source in outcome.new:
            write = partial(create_link, source, link.target, link.link_type, strength=link.strength)
            _told(source, partial(write, evidence=link.evidence, conn=conn))


def _pin(artifacts: Sequence[PlannedArtifact], outcome: Outcome, conn: Connection) -> None:
    """Pin the inputs of new analyses, and judge the new models again, as pins may have made them complete."""
    pinned = [each.artifact_id for each in artifacts if each.pin_inputs and each.artifact_id in outcome.new]
    for analysis in pinned:
        pin_inputs(analysis, conn=conn)
    if pinned:
        for model in outcome.provenance:
            outcome.provenance[model] = judged(conn, model)


def judged(conn: Connection, model: str) -> Mapping[str, Any]:
    """Return the present verdict on a model's provenance."""
    return get_model_detail(model, conn=conn)["provenance"]


def _told(artifact_id: str, write: Callable[[], object]) -> None:
    """Run ``write``; a refusal of the write side becomes one with the artifact, the field and the remedy."""
    try:
        write()
    except InvalidArtifact as refusal:
        first = refusal.faults[0]
        more = f" (and {len(refusal.faults) - 1} more places)" if len(refusal.faults) > 1 else ""
        reason = f"{first.field} is {shown(first.value)}{more}"
        raise Refused(artifact_id, reason, first.advice) from refusal
    except ArtifactNotFound as refusal:
        advice = "register it first, or leave the link out"
        reason = f"{refusal.field} names {refusal.artifact_id}, which is not registered"
        raise Refused(artifact_id, reason, advice) from refusal
    except ArtifactExists as refusal:
        raise Refused(artifact_id, "another writer registered this id meanwhile", "import again") from refusal
    except WriteConflict:
        raise
    except ArtifactRegistryError as refusal:
        raise Refused(artifact_id, str(refusal), "mend it at the source, or register it by hand") from refusal
