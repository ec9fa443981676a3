"""What a model says of itself is read from its card and from the usual names, whatever stands there."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scidex.atlas._model_registry.comparison.sections import section_of
from scidex.atlas._model_registry.records.card import (
    USUAL_NAMES,
    Author,
    CardRecord,
    Licence,
    Publication,
    Variable,
    doi_of,
    orcid_of,
    read_card,
)
from scidex.atlas._model_registry.records.models import Json
from scidex.atlas._model_registry.records.spdx import spdx_of

JSON: st.SearchStrategy[Json] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
KEYS = ["card", *USUAL_NAMES, *(name for names in USUAL_NAMES.values() for name in names)]


def test_a_card_is_read_whole() -> None:
    author: Json = {"name": "A", "orcid": "https://orcid.org/0000-0002-1825-0097"}
    card: Json = {
        "summary": " A model. ",
        "licence": "mit",
        "authors": [author, "B"],
        "publications": [{"doi": "doi:10.1000/xyz"}, {"citation": "C (2026)"}],
        "inputs": ["x", {"name": "y", "unit": "mg/L", "type": "number"}],
        "caveats": ["few people"],
    }
    assert read_card({"card": card}) == CardRecord(
        summary="A model.",
        licence=Licence("MIT"),
        authors=(Author("A", "0000-0002-1825-0097"), Author("B")),
        publications=(Publication("10.1000/xyz"), Publication(None, "C (2026)")),
        inputs=(Variable("x"), Variable("y", "mg/L", "number")),
        caveats=("few people",),
    )


def test_usual_names_are_read_where_the_card_is_silent() -> None:
    metadata: Json = {
        "card": {"summary": "From the card", "license": "Apache-2.0"},
        "description": "From the metadata",
        "author": "A B",
        "doi": "https://doi.org/10.1000/xyz",
        "note": "be careful",
        "inputs": ["a setting of the model, not of its card"],
    }
    card = read_card(metadata)
    assert card.summary == "From the card"
    assert card.licence == Licence("Apache-2.0")
    assert card.authors == (Author("A B"),)
    assert card.publications == (Publication("10.1000/xyz"),)
    assert card.caveats == ("be careful",)
    assert card.inputs == ()


def test_words_are_an_other_licence_and_none_is_invented() -> None:
    assert read_card({"license": "free for all"}).licence == Licence("other", "free for all")
    assert read_card({"card": {"licence": {"id": "other", "text": "ours"}}}).licence == Licence(
        "other", "ours"
    )
    assert read_card({"card": {"licence": {"id": "MIT", "text": "see file"}}}).licence == Licence(
        "MIT", "see file"
    )
    assert read_card({"license": " "}).licence is None


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("apache-2.0", "Apache-2.0"),
        ("MIT OR GPL-3.0-only", "MIT OR GPL-3.0-only"),
        ("GPL-2.0-or-later WITH Classpath-exception-2.0", "GPL-2.0-or-later WITH Classpath-exception-2.0"),
        ("LicenseRef-ours", "LicenseRef-ours"),
        ("unknown", None),
        ("MIT OR", None),
        ("", None),
        ("MIT OR " * 100, None),
    ],
)
def test_licences_are_known_by_spdx(text: str, known: str | None) -> None:
    assert spdx_of(text) == known


def test_ids_with_wrong_digits_are_none() -> None:
    assert orcid_of("0000-0002-1825-0097") == "0000-0002-1825-0097"
    assert orcid_of("0000-0002-1694-233x") == "0000-0002-1694-233X"
    assert orcid_of("0000-0002-1825-0098") is None
    assert doi_of("10.12/x") is None
    assert doi_of("see 10.1000/x") is None


@given(st.dictionaries(st.sampled_from(KEYS), JSON, max_size=5))
def test_anything_can_be_read(metadata: dict[str, Json]) -> None:
    card = read_card(metadata)
    assert card.summary is None or card.summary.strip()
    assert all(author.name.strip() for author in card.authors)


@pytest.mark.parametrize("key", ["card", *(name for names in USUAL_NAMES.values() for name in names)])
def test_it_stays_outside_the_configuration(key: str) -> None:
    assert section_of(key) is None
