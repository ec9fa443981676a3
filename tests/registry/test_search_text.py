# ruff: noqa: RUF001  letters that look alike are what this is about
"""How texts are cut for a search, held to a second cutter and to what must hold of any text."""

import re
import unicodedata
from collections.abc import Iterator

import psycopg
import pytest
from hypothesis import given
from hypothesis import strategies as st

# What Unicode 3.2 knew is the same for every server and every Python.
_OLD = unicodedata.ucd_3_2_0
_SCRIPTS = (
    "LATIN",
    "GREEK",
    "CYRILLIC",
    "CJK UNIFIED",
    "HANGUL SYL",
    "HIRAGANA",
    "KATAKANA",
    "DIGIT",
    "SUPERSCRIPT",
)
_MARKS = r"[\u0300-\u036f\u00ad\u20d0-\u20ff]"
_UNSPACED = re.compile(r"[\u3041-\u30fa\u30fc-\u30ff\u31f0-\u31ff\u3400-\u9fff\uac00-\ud7a3]+")
_FOLDED = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h"}
    | {"ŧ": "t", "ı": "i", "ς": "σ"}
)


def _is_known(character: str) -> bool:
    name = _OLD.name(character, "")
    return name.startswith(_SCRIPTS) or "FULLWIDTH" in name


_CHARACTERS = [
    chr(code) for code in range(0x20, 0x10000) if _is_known(chr(code)) and _OLD.category(chr(code)) != "Cn"
]
texts = st.text(
    st.one_of(st.sampled_from(_CHARACTERS), st.sampled_from(" -_.²/(’、 µéÅ\u0301\u0308")), max_size=40
)


@pytest.fixture(scope="module")
def server(shared_dsn: str) -> Iterator[psycopg.Connection]:
    """Lend a connection to every example."""
    with psycopg.connect(shared_dsn, autocommit=True) as conn:
        yield conn


def words_of(text: str) -> set[str]:
    """Cut by the properties that Unicode gives each character."""
    bare = re.sub(_MARKS, "", unicodedata.normalize("NFKD", text))
    plain = unicodedata.normalize("NFKC", bare).lower().translate(_FOLDED)
    plain = re.sub(r"(?<=[a-z0-9])\^(?=[a-z0-9])", "", plain)
    spaced = "".join(one if unicodedata.category(one)[0] in "LNM" else " " for one in plain)
    words = set(_UNSPACED.sub(" ", spaced).split())
    for run in _UNSPACED.findall(spaced):
        words |= {run[place : place + 2] for place in range(len(run))}
    return words


def cut(server: psycopg.Connection, text: str) -> set[str]:
    ((words,),) = server.execute("SELECT model_registry_lexemes(%s)", [text]).fetchall()
    return set(words)


def is_found(server: psycopg.Connection, title: str, asked: list[str]) -> list[str]:
    """Which of the searches find a model of that title."""
    query = """
        SELECT asked FROM unnest(%s::text[]) AS asked
        WHERE model_registry_words('id', %s, NULL) @@ model_registry_tsquery(asked)
    """
    return [words for (words,) in server.execute(query, [asked, title])]


def test_a_second_cutter_reads_each_character_alike(server: psycopg.Connection) -> None:
    asked = [
        f"a{character}b" for character in _CHARACTERS[:8_000] + _CHARACTERS[8_000::50]
    ]  # ideographs are alike
    query = "SELECT text, model_registry_lexemes(text) FROM unnest(%s::text[]) AS text"
    cut_texts = server.execute(query, [asked]).fetchall()
    assert [text for text, words in cut_texts if set(words) != words_of(text)] == []


@given(texts)
def test_a_second_cutter_finds_the_same_words(server: psycopg.Connection, text: str) -> None:
    assert cut(server, text) == words_of(text)


@given(
    st.lists(st.text(st.characters(min_codepoint=1, max_codepoint=127), max_size=600), max_size=3).map(
        " ".join
    )
)
def test_words_of_plain_letters_are_cut_alike_and_after_500(server: psycopg.Connection, text: str) -> None:
    assert cut(server, text) == {word[:500] for word in words_of(text)}


@given(texts)
def test_any_form_of_a_text_has_its_words(server: psycopg.Connection, text: str) -> None:
    words = cut(server, text)
    for form in ("NFC", "NFD", "NFKC", "NFKD"):
        assert cut(server, unicodedata.normalize(form, text)) == words


@given(st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=40))
def test_any_text_is_found_by_itself_its_words_and_their_beginnings(
    server: psycopg.Connection, text: str
) -> None:
    beginnings = [word[:length] for word in cut(server, text) for length in range(1, len(word) + 1)]
    asked = [text, *text.split(), *beginnings]
    assert is_found(server, text, asked) == asked


def test_the_largest_texts_stay_below_the_bounds_of_a_lexeme_and_of_a_vector(
    server: psycopg.Connection,
) -> None:
    runs = "".join(chr(0x20000 + (place * 7919) % 42_000) for place in range(200_000))
    for text in (runs, "\U00010400" * 3_000, "\ufdfa" * 20_000):
        cast = "SELECT model_registry_words('id', %s, NULL)::text::tsvector @@ model_registry_tsquery(%s)"
        assert server.execute(cast, [text, text[:500]]).fetchall() == [(True,)]


FOUND = [
    ("TNFα", "TNF-alpha"),
    ("TNF-alpha", "TNFα"),
    ("TGF-β1", "TGF-beta1"),
    ("TGF-beta1", "TGF-β1"),
    ("Aβ42", "Abeta42"),
    ("Abeta42", "Aβ42"),
    ("NF-κB", "NFκB"),
    ("NFκB", "NF-kappaB"),
    ("μ-opioid", "mu-opioid"),
    ("µ-opioid", "μ-opioid"),
    ("APOE-ε4", "apoe epsilon4"),
    ("APOE-ε4", "APOE ε4"),
    ("IL\u20116", "IL6"),
    ("IL-6", "IL\u20136"),
    ("COVID-19", "covid19"),
    ("SARS-CoV-2", "sarscov2"),
    ("O\u2019Brien", "obrien"),
    ("10⁶ cells/m³", "10^6 cells/m^3"),
    ("R^2", "R²"),
    ("zero\u200bwidth", "zerowidth"),
    ("soft\u00adware", "soft\u200bware"),
    ("ΜΟΝΤΕΛΟ", "μο"),
    ("İSTANBUL", "istanbul"),
    ("ﬁtting", "fitting"),
    ("Straße", "STRASSE"),
]
NOT_FOUND = [("β-catenin", "gamma"), ("IL-6", "IL-8"), ("μοντελο", "mu"), ("TNF", "TNFα"), ("R2D2", "R^2^3")]


def test_texts_are_found_however_their_compounds_and_greek_letters_are_written(
    server: psycopg.Connection,
) -> None:
    assert [(title, asked) for title, asked in FOUND if not is_found(server, title, [asked])] == []
    assert [(title, asked) for title, asked in NOT_FOUND if is_found(server, title, [asked])] == []
