"""A cursor says where a page ended, to the same question only; whatever else stands in its place is refused."""

import base64
import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scidex.atlas._model_registry.contract.checks import is_storable
from scidex.atlas._model_registry.contract.cursor import Position, decode, encode
from scidex.atlas._model_registry.contract.errors import InvalidQuery
from scidex.atlas._model_registry.contract.query import model_query

storable = st.text().filter(is_storable)
positions = st.builds(Position, st.none() | storable, storable, storable)
QUERY = model_query(family="statistical", q="two words")


def packed(value: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


@given(positions)
def test_a_position_comes_back_as_it_was(position: Position) -> None:
    cursor = encode(QUERY, position)
    assert cursor.isascii()
    assert decode(replace(QUERY, cursor=cursor)) == position
    assert decode(replace(QUERY, cursor=cursor, limit=7, facets=True)) == position


def test_without_a_cursor_a_list_starts_at_the_beginning() -> None:
    assert decode(QUERY) is None


@given(positions, st.data())
def test_a_cursor_changed_anywhere_is_refused(position: Position, data: st.DataObject) -> None:
    cursor = encode(QUERY, position)
    place = data.draw(st.integers(0, len(cursor) - 2))
    letter = data.draw(st.sampled_from("ABCxyz019_"))
    changed = f"{cursor[:place]}{letter}{cursor[place + 1 :]}"
    if changed == cursor:
        return
    with pytest.raises(InvalidQuery):
        decode(replace(QUERY, cursor=changed))


@given(st.text() | st.binary().map(lambda raw: base64.urlsafe_b64encode(raw).decode()))
def test_garbage_is_refused(cursor: str) -> None:
    with pytest.raises(InvalidQuery) as refused:
        decode(replace(QUERY, cursor=cursor))
    assert refused.value.parameter == "cursor"


@pytest.mark.parametrize(
    "value",
    [
        None,
        3,
        "abcd",
        [],
        {},
        [None, None, None, None],
        ["seal", 1, "2026-01-01", "id"],
        ["seal", None, "2026-01-01", 3],
        ["seal", None, 5, "id"],
        ["seal", None, "2026-01-01", "\0"],
        ["seal", "\ud800", "2026-01-01", "id"],
        ["seal", None, "2026-01-01", "id", "more"],
        {"a": 1, "b": 2, "c": 3, "d": 4},
        [[[[]]]],
    ],
)
def test_json_of_another_shape_is_refused(value: object) -> None:
    with pytest.raises(InvalidQuery):
        decode(replace(QUERY, cursor=packed(value)))


@pytest.mark.parametrize("text", ["[" * 100_000, "9" * 10_000, "[1e999, null, NaN, Infinity]"])
def test_json_that_exhausts_a_reader_is_refused(text: str) -> None:
    with pytest.raises(InvalidQuery):
        decode(replace(QUERY, cursor=base64.urlsafe_b64encode(text.encode()).decode()))
