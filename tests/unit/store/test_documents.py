"""Documents that many hands wrote: what can be read is kept, what cannot is named, nothing is fatal."""

import json
import math
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scidex.atlas._model_registry.records.models import Json
from scidex.atlas._model_registry.store.documents import (
    read_document,
    unreadable_metadata,
    unreadable_metrics,
)

scalars = st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters())
documents = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
)


def leaves(document: Json) -> Iterator[Json]:
    if isinstance(document, dict):
        document = list(document.values())
    if not isinstance(document, list):
        yield document
        return
    for item in document:
        yield from leaves(item)


@pytest.mark.parametrize("text", [None, "", " ", "\n\t"])
def test_nothing_is_nothing(text: str | None) -> None:
    assert read_document(text, "here") == (None, [])


@pytest.mark.parametrize(
    "text", ["{", "nan", "{'a': 1}", "[1,]", "{} {}", "\ufeff{}", "[" * 100_000, "9" * 100_000 + "x"]
)
def test_malformed_json_is_named_whole(text: str) -> None:
    assert read_document(text, "here") == (None, ["here"])


@pytest.mark.parametrize(
    "number", ["NaN", "Infinity", "-Infinity", "1e999", "-1e999", "9" * 400, "9" * 10_000, "1e99999"]
)
def test_what_no_double_holds_becomes_null_and_is_named(number: str) -> None:
    document, unreadable = read_document(
        f'{{"a": {number}, "b": [1, {number}], "c": {{"d e": {number}}}}}', "here"
    )
    assert document == {"a": None, "b": [1, None], "c": {"d e": None}}
    assert unreadable == ["here.a", "here.b[1]", "here.c.d e"]


def test_the_largest_numbers_are_kept() -> None:
    assert read_document("[1.7976931348623157e308, 1e-999, -0.0]", "here") == (
        [1.7976931348623157e308, 0.0, 0.0],
        [],
    )
    assert read_document(str(10**308), "here") == (10**308, [])


@pytest.mark.parametrize("exponent", ["", ".5", "e9", ".5E+99", "e+0099", "e100", "e308", "e-400"])
@pytest.mark.parametrize("digits", [1, 99, 100, 198, 199, 200, 298, 308, 309, 310, 400, 5000])
def test_a_number_of_any_length_is_kept_where_a_double_holds_it(digits: int, exponent: str) -> None:
    number = "9" * digits + exponent
    is_kept = math.isfinite(float(number))
    for blanks in (0, 37, 99):
        read, named = read_document(f"{' ' * blanks}[{number}]", "here")
        assert named == ([] if is_kept else ["here[0]"])
        assert read == [None if not is_kept else float(number) if exponent else int(number)]


@pytest.mark.parametrize("escape", ["\\u0000", "\\ud800", "\\udfff x"])
def test_malformed_characters_are_replaced_and_named(escape: str) -> None:
    document, unreadable = read_document(f'{{"a": "{escape}", "k{escape}": 1}}', "here")
    assert json.dumps(document, ensure_ascii=False).encode()
    assert "\ufffd" in str(document)
    assert unreadable == ["here.a", "here"]


def test_pairs_of_surrogates_are_characters() -> None:
    assert read_document('"\\ud83e\\uddec"', "here") == ("🧬", [])


@given(documents)
def test_any_document_is_read_into_one_that_can_be_sent(document: Json) -> None:
    read, unreadable = read_document(json.dumps(document), "here")
    sent = json.dumps(read, allow_nan=False, ensure_ascii=False).encode()
    assert json.loads(sent) == read
    wrong = [leaf for leaf in leaves(document) if isinstance(leaf, float) and not math.isfinite(leaf)]
    assert bool(unreadable) >= bool(wrong)
    if not unreadable:
        assert read == document


@given(st.text())
def test_any_text_is_read_or_named(text: str) -> None:
    document, unreadable = read_document(text, "here")
    assert document is not None or unreadable == ["here"] or text.strip() in {"", "null"}


@pytest.mark.parametrize(
    ("document", "unreadable"),
    [
        (None, []),
        ({}, []),
        ({"a": 1, "b": -0.5}, []),
        (
            {"a": "1", "b": True, "c": None, "d": [1], "e": {"f": 1}, "g": 2},
            ["m.a", "m.b", "m.c", "m.d", "m.e"],
        ),
        ([1], ["m"]),
        ("text", ["m"]),
        (3, ["m"]),
    ],
)
def test_malformed_metrics_are_named(document: Json, unreadable: list[str]) -> None:
    assert unreadable_metrics(document, "m") == unreadable


@pytest.mark.parametrize(
    ("metadata", "unreadable"),
    [
        ({}, []),
        ({"notes": "x", "evaluation_metrics": {"a": 1}, "parameter_count": 3}, []),
        ({"parameter_count": 3.0}, []),
        ({"parameter_count": None}, []),
        ({"parameter_count": 3.5}, ["metadata.parameter_count"]),
        ({"parameter_count": -3}, ["metadata.parameter_count"]),
        ({"parameter_count": True}, ["metadata.parameter_count"]),
        ({"parameter_count": "3"}, ["metadata.parameter_count"]),
        (
            {"fit_metrics": [], "training_metrics": {"a": "1"}},
            ["metadata.training_metrics.a", "metadata.fit_metrics"],
        ),
        (None, ["metadata"]),
        ([], ["metadata"]),
        ("text", ["metadata"]),
    ],
)
def test_metadata_is_named_where_a_number_was_expected(metadata: Json, unreadable: list[str]) -> None:
    assert unreadable_metadata(metadata) == unreadable
