"""Each sentence of the provenance policy as the smallest registry that it decides, for both judges."""

from typing import Any

import pytest
from psycopg import Connection

from tests.provenance.evidence_cases import CLAIMS, LINKS, NAMES, RULES, SCORES
from tests.provenance.judge import judge
from tests.provenance.pin_cases import INPUTS, INTEGRITY, PIN_CASES
from tests.provenance.registry import Registry
from tests.provenance.store_answers import answers_about

CASES = {
    f"{chapter}: {name}": (registry, expected)
    for chapter, cases in {
        "rules": RULES,
        "scores": SCORES,
        "links": LINKS,
        "names": NAMES,
        "claims": CLAIMS,
        "inputs": INPUTS,
        "pins": PIN_CASES,
        "integrity": INTEGRITY,
    }.items()
    for name, registry, expected in cases
}


@pytest.mark.parametrize(("registry", "expected"), CASES.values(), ids=CASES.keys())
def test_policy(conn: Connection, registry: Registry, expected: dict[str, Any]) -> None:
    said = answers_about(conn, registry)["model-m"].said()
    judged = judge(registry, "model-m").said()
    assert {key: said[key] for key in expected} == expected
    assert {key: judged[key] for key in expected} == expected
