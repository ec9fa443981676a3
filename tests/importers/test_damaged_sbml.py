"""SBML that is well-formed and wrong: whatever libsbml makes of it, the outcome is a refusal or a plan."""

import random
from collections.abc import Iterator
from xml.etree import ElementTree as ET

import pytest

from scidex.forge.importers import Refused, Told
from scidex.forge.importers.sbml import model_plan
from tests.importers import sbml_documents as documents

_VALUES = (
    "",
    "A",
    "nowhere",
    "-1",
    "1e999",
    "NaN",
    "2147483648",
    "0",
    "true",
    "x" * 5000,
    "cell",
    "\u00e9\u4e2d",
)


def mutations(document: str, seed: int, number: int) -> Iterator[bytes]:
    """Yield documents whose elements are removed, doubled, moved and renamed, and whose attributes are changed."""
    rng = random.Random(seed)  # noqa: S311  no secret
    for _ in range(number):
        root = ET.fromstring(document)  # noqa: S314  our own
        for _ in range(rng.randint(1, 5)):
            _mutate(root, rng)
        yield ET.tostring(root)


def _mutate(root: ET.Element, rng: random.Random) -> None:
    parents = [each for each in root.iter() if len(each)]
    if not parents:
        return
    parent = rng.choice(parents)
    child = rng.choice(list(parent))
    match rng.randrange(6):
        case 0:
            parent.remove(child)
        case 1:
            parent.append(child)
        case 2 if child is not rng.choice(parents):
            other = rng.choice(parents)
            if other not in list(child.iter()):
                other.append(child)
        case 3:
            child.tag = rng.choice([each.tag for each in root.iter()])
        case 4 if child.text:
            child.text = rng.choice(_VALUES)
        case _:
            name = rng.choice([*child.attrib, "id", "units"])
            child.set(name, rng.choice(_VALUES))


def _try(number: int) -> None:
    for seed, document in enumerate((documents.GROWING, documents.FLUXES)):
        reasons = {damaged: _reason(damaged) for damaged in mutations(document, seed, number)}
        assert [damaged for damaged, reason in reasons.items() if "stopped at it" in reason] == []


def _reason(document: bytes) -> str:
    """Return why a document is refused, empty where it is read; any other error is a fault."""
    try:
        return "" if model_plan(document, "a.xml", "a.xml", Told()).models else "no model"
    except Refused as refusal:
        return refusal.reason


def test_a_few_wrong_documents() -> None:
    _try(3)


@pytest.mark.slow
def test_many_wrong_documents() -> None:
    _try(300)
