"""The log's lines: JSON whatever is logged, nothing of an exception's words, repetitions left out."""

import io
import json
import logging
from collections.abc import Iterator
from contextlib import redirect_stderr
from typing import Any

import pytest

from scidex.core.logs import json_lines

LOG = logging.getLogger("scidex.tests.logs")


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """Catch what is logged."""
    with redirect_stderr(io.StringIO()) as stream, json_lines():
        yield stream


def lines(written: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in written.getvalue().splitlines()]


def test_text_of_several_lines_is_one_line(written: io.StringIO) -> None:
    LOG.warning("first\nsecond %s", '"quoted" \x1b[2J')
    (line,) = lines(written)
    assert line["message"] == 'first\nsecond "quoted" \x1b[2J'
    assert (line["level"], line["logger"]) == ("warning", "scidex.tests.logs")


def test_an_exception_is_told_by_types_and_places(written: io.StringIO) -> None:
    try:
        try:
            json.loads("a secret")
        except ValueError as cause:
            raise LookupError("another secret") from cause
    except LookupError:
        LOG.exception("it went wrong")
    (line,) = lines(written)
    assert line["failure"] == ["LookupError", "JSONDecodeError"]
    assert line["places"][-1].startswith("tests/unit/core/test_logs.py:")
    assert "secret" not in written.getvalue()


def test_what_goes_wrong_again_and_again_is_told_once(written: io.StringIO) -> None:
    for _ in range(100):
        LOG.warning("folding failed: %s", "OperationalError")
    LOG.warning("folding failed: %s", "InsufficientPrivilege")
    assert [line["message"].rsplit(" ")[-1] for line in lines(written)] == [
        "OperationalError",
        "InsufficientPrivilege",
    ]


def test_afterwards_loggers_are_as_before() -> None:
    before = (list(logging.getLogger().handlers), logging.getLogger("scidex").level)
    with json_lines():
        assert logging.getLogger().handlers != before[0]
    assert (logging.getLogger().handlers, logging.getLogger("scidex").level) == before
