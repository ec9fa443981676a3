"""Documents on their way into the registry, and the differences between two of them."""

import copy
import math
from decimal import Decimal
from enum import Enum, IntEnum
from fractions import Fraction
from types import MappingProxyType
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scidex.atlas._artifact_registry.differences import differences
from scidex.atlas._artifact_registry.errors import InvalidArtifact, shown
from scidex.atlas._artifact_registry.plain_json import Json, json_object, json_value
from scidex.atlas._artifact_registry.records import Change

TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=3)
DOCUMENTS: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 3) | st.floats(allow_nan=False, allow_infinity=False) | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=12,
)

# On a busy machine one example may take long without anything being wrong.
UNHURRIED = settings(deadline=None)


class Word(str, Enum):  # noqa: UP042  the older form, whose str() is not its text
    """A text that says something else when asked for its str()."""

    ADAM = "adam"


class Count(IntEnum):
    """A number with a name."""

    TWO = 2


def test_what_python_has_beside_json_becomes_plain() -> None:
    given_document = MappingProxyType({"a": (1, Word.ADAM, Count.TWO), "b": MappingProxyType({})})
    copied = json_object("metadata", given_document)
    assert copied == {"a": [1, "adam", 2], "b": {}}
    assert [type(item) for item in copied["a"]] == [int, str, int]  # type: ignore[union-attr]  # a list, seen above


@pytest.mark.parametrize(
    ("document", "field"),
    [
        ({"a": {"b": [0, math.nan]}}, "metadata.a.b[1]"),
        ({"a": math.inf}, "metadata.a"),
        ({"a": 10**400}, "metadata.a"),
        ({"a": 10**5000}, "metadata.a"),
        ({"a": "\0"}, "metadata.a"),
        ({"a": "\ud800"}, "metadata.a"),
        ({"\0": 1}, "metadata key"),
        ({1: 1}, "metadata key"),
        ({"a": {1, 2}}, "metadata.a"),
        ({"a": b"x"}, "metadata.a"),
        ({"a": object()}, "metadata.a"),
    ],
)
def test_what_json_cannot_hold_is_refused_by_its_path(document: object, field: str) -> None:
    with pytest.raises(InvalidArtifact) as refusal:
        json_object("metadata", document)
    assert refusal.value.field == field


def test_all_places_that_json_cannot_hold_are_named() -> None:
    with pytest.raises(InvalidArtifact) as refusal:
        json_object("metadata", {"a": math.nan, "b": [{1: 2}, "\0"], "c": 1})
    assert [fault.field for fault in refusal.value.faults] == [
        "metadata.a",
        "metadata.b[0] key",
        "metadata.b[1]",
    ]


class Scalar:
    """What array libraries make of one number: no number of Python's, of shape (), with an item()."""

    shape = ()

    def __init__(self, value: object) -> None:
        self.value = value

    def item(self) -> object:
        return self.value


@pytest.mark.parametrize(
    ("given_value", "kept"),
    [
        (Scalar(5), 5),
        (Scalar(0.25), 0.25),
        (Scalar(value=True), True),
        (Scalar("x"), "x"),
        (Fraction(1, 4), 0.25),
        (Decimal("0.1"), 0.1),
        (Decimal(3), 3.0),
    ],
)
def test_scalars_of_other_libraries_are_taken_by_their_value(given_value: object, kept: object) -> None:
    copied: Any = json_value("metadata", [given_value])
    assert copied == [kept]
    assert type(copied[0]) is type(kept)


@pytest.mark.parametrize(
    "value",
    [
        Scalar(math.nan),
        Scalar(1j),
        Fraction(1, 3),
        Decimal("NaN"),
        Decimal("0.1234567890123456789"),
        Decimal("1e999"),
    ],
)
def test_scalars_that_would_lose_something_are_refused(value: object) -> None:
    with pytest.raises(InvalidArtifact):
        json_value("metadata", value)


def test_scalars_and_arrays_of_numpy() -> None:
    numpy = pytest.importorskip("numpy")
    given_values = [numpy.int64(5), numpy.float32(0.5), numpy.float16(2), numpy.bool_(1), numpy.array(7)]
    copied: Any = json_value("metadata", given_values)
    assert copied == [5, 0.5, 2.0, True, 7]
    assert [type(item) for item in copied] == [int, float, float, bool, int]
    with pytest.raises(InvalidArtifact, match=r"\.tolist\(\)"):
        json_value("metadata", numpy.array([1, 2]))


@pytest.mark.parametrize("document", [[], "{}", 1, True])
def test_metadata_is_an_object(document: object) -> None:
    with pytest.raises(InvalidArtifact, match=r"^metadata is "):
        json_object("metadata", document)


def test_a_document_that_contains_itself_is_refused() -> None:
    document: list[object] = []
    document += [document, document]
    with pytest.raises(InvalidArtifact, match="contain itself"):
        json_value("metadata", document)


def test_a_document_that_multiplies_when_written_out_is_refused() -> None:
    document: list[object] = [0]
    for _ in range(40):
        document = [document, document]
    with pytest.raises(InvalidArtifact, match="contain itself"):
        json_value("metadata", document)


@UNHURRIED
@given(DOCUMENTS)
def test_plain_json_stays_as_it_is(document: Json) -> None:
    assert json_value("metadata", document) == document


def test_values_are_shown_short_and_on_one_line() -> None:
    assert len(shown("long\n" * 1000)) < 100
    assert "\n" not in shown("long\n" * 1000)
    assert shown(10**5000) == "a value of type int"


def test_each_kind_of_change_is_told_with_its_path() -> None:
    before: Json = {"same": 1, "gone": 2, "a.b": {"c": [1, 2, 3]}, "list": []}
    after: Json = {"same": 1.0, "a.b": {"c": [1, 5]}, "list": [{}], "new": None}
    assert differences(before, after) == (
        Change(kind="removed", path="$.gone", keys=("gone",), before=2, after=None),
        Change(kind="changed", path='$["a.b"].c[1]', keys=("a.b", "c", 1), before=2, after=5),
        Change(kind="removed", path='$["a.b"].c[2]', keys=("a.b", "c", 2), before=3, after=None),
        Change(kind="added", path="$.list[0]", keys=("list", 0), before=None, after={}),
        Change(kind="added", path="$.new", keys=("new",), before=None, after=None),
    )


@pytest.mark.parametrize(
    ("before", "after"), [(1, True), (0, False), (None, False), ("1", 1), ([], {}), ("", None)]
)
def test_values_of_different_json_types_differ(before: Json, after: Json) -> None:
    (change,) = differences(before, after)
    assert (change.kind, change.path) == ("changed", "$")


@UNHURRIED
@given(DOCUMENTS)
def test_a_document_does_not_differ_from_itself(document: Json) -> None:
    assert differences(document, copy.deepcopy(document)) == ()


@UNHURRIED
@given(DOCUMENTS, DOCUMENTS)
def test_applying_the_difference_gives_the_other_document(before: Json, after: Json) -> None:
    root = {"document": copy.deepcopy(before)}
    for change in differences({"document": before}, {"document": after}):
        _apply(root, change)
    assert differences(root["document"], after) == ()


@UNHURRIED
@given(DOCUMENTS, DOCUMENTS)
def test_the_way_back_undoes_each_kind_of_change(before: Json, after: Json) -> None:
    opposite = {"added": "removed", "removed": "added", "changed": "changed"}
    there = {(change.path, change.kind) for change in differences(before, after)}
    back = {(change.path, opposite[change.kind]) for change in differences(after, before)}
    assert there == back


def _apply(document: Any, change: Change) -> None:
    *way, last = change.keys
    place = document
    for key in way:
        place = place[key]
    if change.kind == "removed":
        del place[last]
    elif change.kind == "added" and isinstance(place, list):
        assert last == len(place)
        place.append(change.after)
    else:
        place[last] = change.after
