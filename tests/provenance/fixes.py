"""Does literally what a fix says, knowing nothing of the policy: registers, links and pins what the sentence names."""

import json
import re
from collections.abc import Iterator
from typing import Any

from tests.provenance.generator import add_pin
from tests.provenance.registry import Registry, artifact
from tests.provenance.store_answers import Answer

_NEW = "made for the fix of "
_END = r"(?=$|, and add)"
_NAMED = re.compile(
    r"^register (?P<name>.*) as an? (?P<type>dataset|analysis|hypothesis): "
    r'register_artifact\(artifact_type="(?P=type)", artifact_id=(?P<text>".*"), title=…\)' + _END,
    re.DOTALL,
)
_LINKED = re.compile(
    r'^register the (?P<wanted>[a-z ]+): register_artifact\(artifact_type="(?P<type>[a-z]+)", title=…\), '
    r'then link .* to it: create_link\((?P<model>".*"), its id, "(?P<link>[a-z_]+)"\)' + _END,
    re.DOTALL,
)
_TRAINED = re.compile(
    r'^link .* to its training dataset: create_link\((?P<model>".*"), its id, "trained_on"\), and add its pin',
    re.DOTALL,
)
_WHERE = re.compile(r"to pinned_artifacts of (?P<analysis>.*)$", re.DOTALL)


def apply_fixes(registry: Registry, answer: Answer) -> Registry:
    """Apply the fixes of all rules that a model does not satisfy, in their order."""
    analysis = None
    for rule in answer.verdict["rules"]:
        if rule["fix"] is not None:
            registry, made = apply_fix(registry, answer.model.id, rule["fix"], analysis)
            analysis = made if rule["rule"] == "produced_by_analysis_id" else analysis
    return registry


def apply_fix(
    registry: Registry, model_id: str, fix: str, made_analysis: str | None = None
) -> tuple[Registry, str | None]:
    """Do what one fix says; answer the id of what it had made. Fails on a sentence that it cannot follow.

    ``made_analysis`` is the producing analysis that another fix of the same model has just had made.
    """
    registry, made = _made(registry, model_id, fix)
    pins = list(_pins(fix))
    for pin in pins if fix.startswith("register ") else ():
        if pin["artifact_id"] not in registry.artifacts:
            registry = registry.with_row(pin["artifact_id"], **artifact("paper"))
    if made is not None and "add its pin" in fix:
        pins.append({"artifact_id": made, "version_number": 1})
    where = _WHERE.search(fix)
    assert made is not None or where is not None, f"says nothing to do: {fix}"
    for pin in pins:
        assert where is not None, f"says not where to pin: {fix}"
        told = where["analysis"] != f"the producing analysis of {model_id}"
        analysis = where["analysis"] if told else made_analysis
        assert analysis is not None, f"names an analysis that nobody had made: {fix}"
        registry = add_pin(registry, analysis, pin)
    return registry, made


def _made(registry: Registry, model_id: str, fix: str) -> tuple[Registry, str | None]:
    """Register, and link, what the fix says; answer its id."""
    if found := _NAMED.search(fix):
        assert json.loads(found["text"]) == found["name"]
        return registry.with_row(found["name"], **artifact(found["type"])), found["name"]
    if found := _LINKED.search(fix):
        made = f"{_NEW}{model_id}: {found['wanted']}"
        registry = registry.with_row(made, **artifact(found["type"]))
        return registry.with_link(json.loads(found["model"]), found["link"], made), made
    if found := _TRAINED.search(fix):
        made = f"{_NEW}{model_id}: training dataset"
        registry = registry.with_row(made, **artifact("dataset"))
        return registry.with_link(json.loads(found["model"]), "trained_on", made), made
    return registry, None


def _pins(fix: str) -> Iterator[dict[str, Any]]:
    decoder, place = json.JSONDecoder(), fix.find('{"artifact_id"')
    while place != -1:
        pin, end = decoder.raw_decode(fix, place)
        yield pin
        place = fix.find('{"artifact_id"', end)
