"""YAML is read as data of YAML 1.2; documents that would grow without end are refused."""

import pytest

from scidex.forge.importers.refusals import Refused
from scidex.forge.importers.yaml_documents import parsed_yaml


def test_words_and_numbers_mean_what_yaml_1_2_says() -> None:
    text = "a: no\nb: 1e-3\nc: 12:30\nd: 2024-01-01\ne: 010\nf: true\ng: ~\nh: -3\ni: .inf\nj: on\n"
    assert parsed_yaml("x", text) == {
        "a": "no",
        "b": 0.001,
        "c": "12:30",
        "d": "2024-01-01",
        "e": 10,
        "f": True,
        "g": None,
        "h": -3,
        "i": float("inf"),
        "j": "on",
    }


def test_nothing_is_merged() -> None:
    assert parsed_yaml("x", "a: &a {x: 1}\nb: {<<: *a}\n") == {"a": {"x": 1}, "b": {"<<": {"x": 1}}}


def test_nothing_is_made_of_a_tag() -> None:
    text = "a: !!python/object/apply:os.system ['false']\nb: !!python/tuple [1, 2]\nc: !mine {d: 1}\n"
    assert parsed_yaml("x", text) == {"a": ["false"], "b": [1, 2], "c": {"d": 1}}


@pytest.mark.parametrize(
    "text",
    [
        "a: [" * 2000,
        "[" * 100_000,
        "a: &a [x]\n" + "".join(f"b{n}: *a\n" for n in range(200)),
        "a: {b: }}",
        "? {a: 1}\n: 2\n",
        "a: !!binary x",
        "a: 1\n---\nb: 2\n",
        "a: &a [*a]",
        "a: \x07",
    ],
)
def test_anything_but_a_plain_document_is_refused(text: str) -> None:
    with pytest.raises(Refused):
        parsed_yaml("x", text)
