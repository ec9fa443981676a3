"""Does literally what a fix says, knowing nothing of the policy: registers, links and pins what the sentence names."""

import json
import re
from collections.abc import Iterator
from typing import Any

from tests.provenance.generator import add_pin
from tests.provenance.registry import Registry, artifact
from tests.provenance.store_answers import Answer

_TYPES = {
    "training dataset": "dataset",
    "producing analysis": "analysis",
    "tested hypothesis": "hypothesis",
}
_NEW = "made for the fix of "
_NAMED = re.compile(
    r"^register (?P<name>.*) as an? (?P<type>dataset|analysis|hypothesis)(?=$|, and add)", re.DOTALL
)
_LINKED = re.compile(
    r"^register the (?P<wanted>[a-z ]+), then link .* to it with (?P<link>[a-z_]+)(?=$|, and add)", re.DOTALL
)
_TRAINED = re.compile(r"^link .* with trained_on to its training dataset, and add its pin", re.DOTALL)
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
        return registry.with_row(found["name"], **artifact(found["type"])), found["name"]
    if found := _LINKED.search(fix):
        made = f"{_NEW}{model_id}: {found['wanted']}"
        registry = registry.with_row(made, **artifact(_TYPES[found["wanted"]]))
        return registry.with_link(model_id, found["link"], made), made
    if _TRAINED.search(fix):
        made = f"{_NEW}{model_id}: training dataset"
        return registry.with_row(made, **artifact("dataset")).with_link(model_id, "trained_on", made), made
    return registry, None


def _pins(fix: str) -> Iterator[dict[str, Any]]:
    decoder, place = json.JSONDecoder(), fix.find('{"artifact_id"')
    while place != -1:
        pin, end = decoder.raw_decode(fix, place)
        yield pin
        place = fix.find('{"artifact_id"', end)
