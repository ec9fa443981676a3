"""Hostile conditions: each is read or refused with its place, at once and within the stack."""

import time

import pytest

from scidex.atlas._model_registry.contract.errors import InvalidQuery
from scidex.atlas._model_registry.contract.where import where

REFUSED = {
    "brackets": "(" * 400,
    "brackets that close": "(" * 21 + "a < 1" + ")" * 21,
    "brackets of too many": "(a < 1 or " * 21 + "a < 1" + ")" * 21,
    "negations": "not " * 120 + "a < 1",
    "conditions": " and ".join(["a < 1"] * 60),
    "a chain": "1 < " * 100 + "a",
    "quotes": '"' * 499,
    "an open quote": '"' + "\\" * 499,
    "signs": "+" * 500,
    "numbers": "1 " * 240,
    "keywords": "lacks " * 80,
    "betweens": "a between " * 40,
    "no number": "quality_score < NaN",
    "a number of five digits of exponent": "a < 1e99999",
    "a statement": "family = statistical; DROP TABLE artifacts",
    "nothing": " " * 500,
}
READ = {
    "brackets": "(" * 20 + "a < 1" + ")" * 20,
    "nested": "(a < 1 or " * 20 + "a < 1" + ")" * 20,
    "pairs": " or ".join(["(a < 1 and not lacks b)"] * 18),
    "digits": "a < " + "9" * 480,
    "large": "a < 1e9999 or a > 1e-9999",
    "escapes": '"' + '\\"' * 200 + '" < 1',
}
_MOST_SECONDS = 1.0  # of a processor; 0.05 s is usual


@pytest.mark.parametrize("kind", REFUSED)
def test_what_cannot_be_read_is_refused_at_once(kind: str) -> None:
    began = time.process_time()
    with pytest.raises(InvalidQuery) as refused:
        where(REFUSED[kind])
    assert time.process_time() - began < _MOST_SECONDS
    assert len(str(refused.value)) < 2_000


@pytest.mark.parametrize("kind", READ)
def test_what_is_odd_and_right_is_read_at_once(kind: str) -> None:
    began = time.process_time()
    assert where(READ[kind]).text == READ[kind]
    assert time.process_time() - began < _MOST_SECONDS
