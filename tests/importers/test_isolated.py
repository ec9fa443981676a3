"""A reader as a program of its own: its answer, and a refusal for whatever ends it."""

import pytest

from scidex.forge.importers import Refused
from scidex.forge.importers.isolated import read_apart

PROGRAM = "tests.importers.reader_program"


def test_its_answer_is_returned() -> None:
    assert read_apart(PROGRAM, b"answer") == [1]


def test_no_address_of_a_database_reaches_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SCIDEX_PG_DSN", "host=/nowhere")
    assert read_apart(PROGRAM, b"environment") == [1]


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ("refuse", "no"),
        ("crash", "SIGABRT"),
        ("nonsense", "stopped at it"),
        ("nothing", "stopped"),
        ("?", "status 1"),
    ],
)
def test_whatever_ends_it_is_a_refusal(said: str, reason: str) -> None:
    with pytest.raises(Refused, match=reason) as refused:
        read_apart(PROGRAM, said.encode())
    assert refused.value.remedy


def test_it_is_not_waited_for_longer_than_allowed() -> None:
    with pytest.raises(Refused, match="more than 2 seconds"):
        read_apart(PROGRAM, b"hang", seconds=2)
