"""Words the judge's verdict: rules, messages, fixes, and the integrity of pins. It does not judge again."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from scidex.atlas._model_registry.contract.answers import Input, PinStatus, ProvenanceVerdict, RuleVerdict
from scidex.atlas._model_registry.records.models import ModelRecord, Rule
from scidex.atlas._model_registry.records.provenance import InputRecord, NamedArtifact, ProvenanceFacts

# provenance.md: the effective score of a model with a missing rule never exceeds this. The judge holds it too.
CAP = 0.3

_LACKS: dict[Rule, str] = {
    "trained_on_dataset_id": "no training dataset is known",
    "produced_by_analysis_id": "no producing analysis is known",
    "pinned_inputs": "its inputs are not all pinned to a version",
    "tests_hypothesis_id": "it claims to test a hypothesis that is not registered",
}


def warning(model: ModelRecord) -> str | None:
    """Return in one sentence what a model lacks and the effect on its score; None if nothing is missing."""
    if not model.missing:
        return None
    lacks = "; ".join(_LACKS[rule] for rule in model.missing)
    return f"Provenance is incomplete: {lacks}. {_consequence(model)}"


def provenance_verdict(model: ModelRecord, facts: ProvenanceFacts) -> ProvenanceVerdict:
    """Return the policy's verdict on one model with a message for each rule and a fix for each that is missing.

    ``score`` is satisfied required rules over required rules, to two decimals.
    """
    rules = [_word(model, facts) for _word in _WORDINGS]
    required = [rule for rule in rules if rule["required"]]
    satisfied = sum(rule["satisfied"] for rule in required)
    return {
        "complete": not model.missing,
        "score": round(satisfied / len(required), 2),
        "cap": CAP,
        "capped": model.quality_score != model.quality_score_stored,
        "rules": rules,
        "inputs": input_answers(facts),
    }


def input_answers(facts: ProvenanceFacts) -> list[Input]:
    """Return every input with what its pin says against what is registered now."""
    return [
        {
            "artifact_id": record.artifact_id,
            "artifact_type": record.artifact_type,
            "title": record.title,
            "pinned_version": record.pinned_version,
            "pinned_hash": record.pinned_hash,
            "current_version": record.current_version,
            "current_hash": record.current_hash,
            "status": pin_status(record),
            "empty": record.is_empty,
        }
        for record in facts.inputs
    ]


def pin_status(record: InputRecord) -> PinStatus:
    """Return whether what was pinned is still what is registered (provenance.md, integrity of pins)."""
    if record.pinned_version is None:
        return "unpinned"
    if record.current_version is None:
        return "missing"
    if record.pinned_version != record.current_version:
        return "modified"
    if record.pinned_hash is None:
        return "unverified"
    if record.pinned_hash != record.current_hash:
        return "modified"
    return "superseded" if record.newer_exists else "intact"


def _consequence(model: ModelRecord) -> str:
    if model.quality_score_stored is None:
        return f"It is unscored; a score above {CAP} would be shown as {CAP}."
    if model.quality_score != model.quality_score_stored:
        return f"Its stored score of {model.quality_score_stored:g} is shown as {CAP}."
    return f"Its score is not above the cap of {CAP} and stays as it is."


@dataclass(frozen=True, slots=True, kw_only=True)
class _Evidence:
    """How one kind of evidence is called: what is wanted, the types it may have, and the link that states it."""

    rule: Rule
    wanted: str
    types: str
    as_type: str
    artifact_type: str
    link: str


_TRAINING = _Evidence(
    rule="trained_on_dataset_id",
    wanted="training dataset",
    types="dataset or tabular_dataset",
    as_type="a dataset",
    artifact_type="dataset",
    link="trained_on",
)
_PRODUCING = _Evidence(
    rule="produced_by_analysis_id",
    wanted="producing analysis",
    types="analysis",
    as_type="an analysis",
    artifact_type="analysis",
    link="produced_by",
)
_TESTED = _Evidence(
    rule="tests_hypothesis_id",
    wanted="tested hypothesis",
    types="hypothesis",
    as_type="a hypothesis",
    artifact_type="hypothesis",
    link="tests",
)


def _trained_on(model: ModelRecord, facts: ProvenanceFacts) -> RuleVerdict:
    rule = _evidence_rule(_TRAINING, model, evidence=model.datasets, unresolved=facts.unresolved_datasets)
    if rule["fix"] is not None and model.analyses:
        # A training dataset is an input as well: unpinned, it would only move the cap to the next rule.
        rule["fix"] += f", and add its pin {_by_call(model)}to pinned_artifacts of {model.analyses[0]}"
    return rule


def _produced_by(model: ModelRecord, facts: ProvenanceFacts) -> RuleVerdict:
    return _evidence_rule(_PRODUCING, model, evidence=model.analyses, unresolved=facts.unresolved_analyses)


def _tests(model: ModelRecord, facts: ProvenanceFacts) -> RuleVerdict:
    rule = _evidence_rule(_TESTED, model, evidence=model.hypotheses, unresolved=facts.unresolved_hypotheses)
    if not facts.claims_hypothesis and not model.hypotheses:
        rule["message"], rule["fix"] = "the model claims to test no hypothesis, so none is required", None
    return {**rule, "required": facts.claims_hypothesis}


def _pinned(model: ModelRecord, facts: ProvenanceFacts) -> RuleVerdict:
    loose = [record for record in facts.inputs if record.pinned_version is None]
    return {
        "rule": "pinned_inputs",
        "required": True,
        "satisfied": "pinned_inputs" not in model.missing,
        "evidence": [record.artifact_id for record in facts.inputs if record.pinned_version is not None],
        "message": _pin_message(model, facts.inputs, loose),
        "fix": _pin_fix(model, loose) if "pinned_inputs" in model.missing else None,
    }


_WORDINGS: tuple[Callable[[ModelRecord, ProvenanceFacts], RuleVerdict], ...] = (
    _trained_on,
    _produced_by,
    _pinned,
    _tests,
)


def _evidence_rule(
    kind: _Evidence, model: ModelRecord, *, evidence: Sequence[str], unresolved: Sequence[NamedArtifact]
) -> RuleVerdict:
    satisfied = bool(evidence)
    return {
        "rule": kind.rule,
        "required": True,
        "satisfied": satisfied,
        "evidence": list(evidence),
        "message": _evidence_message(kind, evidence, unresolved),
        "fix": None if satisfied else _evidence_fix(kind, model, unresolved),
    }


def _evidence_message(kind: _Evidence, evidence: Sequence[str], unresolved: Sequence[NamedArtifact]) -> str:
    dead_ends = "; ".join(_dead_end(kind, named) for named in unresolved)
    if evidence:
        known = f"{kind.wanted}: {', '.join(evidence)}"
        return f"{known}; but {dead_ends}" if dead_ends else known
    nowhere = f"nothing registered is linked as such or named in metadata.{kind.rule}"
    return f"no {kind.wanted} is known: {dead_ends or nowhere}"


def _dead_end(kind: _Evidence, named: NamedArtifact) -> str:
    by = "metadata" if named.link_type is None else f"a {named.link_type} link"
    if named.found_type is None:
        return f"{by} names {named.name}, which is not registered"
    return f"{by} names {named.name}, which is of type {named.found_type}, not {kind.types}"


def _evidence_fix(kind: _Evidence, model: ModelRecord, unresolved: Sequence[NamedArtifact]) -> str:
    for named in unresolved:
        if named.found_type is None:
            return f"register {named.name} as {kind.as_type}: {_registering(kind.artifact_type, named.name)}"
    made = f"register the {kind.wanted}: {_registering(kind.artifact_type)}"
    return f"{made}, then link {model.id} to it: create_link({_text(model.id)}, its id, {_text(kind.link)})"


def _pin_message(model: ModelRecord, inputs: Sequence[InputRecord], loose: Sequence[InputRecord]) -> str:
    if not inputs:
        return "no input is known, so nothing can be pinned"
    of_analyses = f" of {', '.join(model.analyses)}" if model.analyses else ""
    if not loose:
        all_pinned = (
            f"all {len(inputs)} inputs{of_analyses} are pinned"
            if len(inputs) > 1
            else "the one input is pinned"
        )
        unread = f"; but there may be others, since {', '.join(model.unreadable)} was not read whole"
        return all_pinned + (unread if "pinned_inputs" in model.missing else "")
    names = ", ".join(record.artifact_id for record in loose)
    verb = "is" if len(loose) == 1 else "are"
    return f"{len(loose)} of {len(inputs)} inputs{of_analyses} {verb} not pinned: {names}"


def _pin_fix(model: ModelRecord, loose: Sequence[InputRecord]) -> str:
    analysis = model.analyses[0] if model.analyses else f"the producing analysis of {model.id}"
    if not loose and model.unreadable:
        return f"make {', '.join(model.unreadable)} of {model.id} small enough to be read"
    if not loose:
        call = f'create_link({_text(model.id)}, its id, "trained_on")'
        dataset = f"link {model.id} to its training dataset: {call}"
        return f"{dataset}, and add its pin {_by_call(model)}to pinned_artifacts of {analysis}"
    pins = ", ".join(_pin(record) for record in loose)
    unregistered = [record.artifact_id for record in loose if record.current_version is None]
    made = f"register {', '.join(unregistered)} with register_artifact(artifact_type=…, artifact_id=…, title=…), then "
    first = made if unregistered else ""
    call = f"call {_call(analysis)}, which adds" if len(model.analyses) == 1 else "add"
    return f"{first}{call} {pins} to pinned_artifacts of {analysis}"


def _by_call(model: ModelRecord) -> str:
    return f"with {_call(model.analyses[0])} " if model.analyses else ""


def _call(analysis: str) -> str:
    return f"pin_inputs({_text(analysis)})"


def _registering(artifact_type: str, name: str | None = None) -> str:
    """Return the call that registers an artifact, under its name if it has one."""
    called = "" if name is None else f", artifact_id={_text(name)}"
    return f"register_artifact(artifact_type={_text(artifact_type)}{called}, title=…)"


def _text(value: str) -> str:
    return json.dumps(value, ensure_ascii=False)


def _pin(record: InputRecord) -> str:
    # A version below 1 is a mistake of the row; a pin that repeats it would be no pin.
    version = max(1, record.current_version or 1)
    return json.dumps({"artifact_id": record.artifact_id, "version_number": version}, ensure_ascii=False)
