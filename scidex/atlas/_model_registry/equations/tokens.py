"""A formula cut into numbers, names and signs; a text with anything else is not a formula."""

import re
import unicodedata
from typing import Literal, NamedTuple

# Longer lines are generated: nobody reads them typeset, and a hostile one would only cost time.
LONGEST = 10_000

_LETTER = r"[^\W\d]"
_WORD = r"[\w\u0300-\u036f]"  # with combining accents, as in x̂
_INDEX = rf"\.{_WORD}+|\[[\w.+-]+\]"
_TOKEN = re.compile(
    rf"""\s*(?:
    (?P<number>(?:[0-9]{{1,200}}\.?[0-9]{{0,200}}|\.[0-9]{{1,200}})(?:[eE][+-]?[0-9]{{1,6}})?)
        (?:[ ]?\[(?P<unit>[^\[\]]{{1,40}})\])?             # 5 [mV]
    |(?P<name>{_LETTER}{_WORD}*(?:{_INDEX})*'*          # k_1, soma.v, y[j-1], A'
        |\[{_LETTER}\w*(?:[+-]+\](?:_\w+)?|\]_\w+))     # [Ca2+]_i, [Ca]_i; [Ca] is a name in brackets
    |(?P<sign>\*\*|:=|<=|>=|==|!=|&&|\|\||[-+*/%^=<>~!(),;\[\]])
    )""",
    re.VERBOSE,
)

# Typographic signs, and the element-wise operators of MATLAB, with the sign they stand for.
_SIGNS = str.maketrans(
    dict.fromkeys("−–‐", "-")  # noqa: RUF001
    | dict.fromkeys("·⋅×∙•∗", "*")  # noqa: RUF001
    | dict.fromkeys("÷∕⁄", "/")  # noqa: RUF001
    | {"≤": "<=", "≥": ">=", "≠": "!=", "∧": "&&", "∨": "||", "¬": "!", "≔": ":="}  # noqa: RUF001
    | {"′": "'", "’": "'", "″": "''", "\N{MICRO SIGN}": "μ"}  # noqa: RUF001
)
_ELEMENTWISE = re.compile(r"\.([*/^])")
_SUPERSCRIPT = re.compile("[⁺⁻]?[⁰¹²³⁴-⁹]+")
_SUBSCRIPT = re.compile("[₀-₉ₐ-ₜᵢ-ᵪⱼ]+")


class Token(NamedTuple):
    """A piece of a formula; a number may have a unit."""

    kind: Literal["number", "name", "sign"]
    text: str
    unit: str | None = None


class NotReadError(Exception):
    """The text is not a formula of this grammar."""


def in_plain_signs(text: str) -> str:
    """Return typographic signs, superscripts and subscripts as plain characters: ``k₁·x²`` is ``k_1*x^(2)``."""
    text = unicodedata.normalize("NFC", text).translate(_SIGNS)
    text = _SUPERSCRIPT.sub(lambda match: f"^({_digits(match)})", text)
    text = _SUBSCRIPT.sub(lambda match: f"_{_digits(match)}", text)
    return _ELEMENTWISE.sub(r"\1", text)


def tokens(text: str) -> list[Token]:
    """Return the tokens of a formula.

    Raises:
        NotReadError: it is too long, or has a character that no formula has.

    """
    if len(text) > LONGEST:
        raise NotReadError
    text = in_plain_signs(text).rstrip().removesuffix(";").rstrip()
    found, place = [], 0
    while place < len(text):
        match = _TOKEN.match(text, place)
        if match is None:
            raise NotReadError
        found.append(_token(match))
        place = match.end()
    return found


def _token(match: re.Match[str]) -> Token:
    number, name = match["number"], match["name"]
    if number is not None:
        return Token("number", number, match["unit"])
    return Token("sign", match["sign"]) if name is None else Token("name", name)


def _digits(match: re.Match[str]) -> str:
    return unicodedata.normalize("NFKC", match[0]).replace("\N{MINUS SIGN}", "-")
