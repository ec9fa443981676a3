"""The spelling of metric names: the parts of a name and their words, whatever separates them."""

import re
import unicodedata
from dataclasses import dataclass

from scidex.atlas._model_registry.metrics.stated import Stated, without_statement
from scidex.atlas._model_registry.metrics.table import vocabulary

LONGEST_READ = 200
_MOST_WORDS = 24
_SIGNS = str.maketrans(
    {
        "\N{MINUS SIGN}": "-",
        "\N{EN DASH}": "-",
        "\N{HYPHEN}": "-",
        "\N{NON-BREAKING HYPHEN}": "-",
        "\N{GREEK SMALL LETTER CHI}": "chi",
        "\N{GREEK SMALL LETTER KAPPA}": "kappa",
        "\N{GREEK CAPITAL LETTER DELTA}": "delta_",
        "\N{INCREMENT}": "delta_",
        "\N{COMBINING CIRCUMFLEX ACCENT}": "_hat",
        "^": "",
        "'": "",
        "\N{RIGHT SINGLE QUOTATION MARK}": "",
    }
)
# LightGBM names a metric after its data: valid_0's auc.
_POSSESSIVE = re.compile(r"(?<=\w)['\N{RIGHT SINGLE QUOTATION MARK}]s(?=\s)")
_INVERSE = re.compile(r"(?<![\w.])1\s*/\s*(?=[a-z(])", re.I)
_COMPLEMENT = re.compile(r"^\W*1\s?-\s?(?=[a-z])", re.I)
# Before the whole name also in front of a number, as in -2LL; later on it is a range, as in mAP50-95.
_MINUS = re.compile(r"(?:^\s*|(?<=^-)|(?<=^--))-(?=\s?-*[a-z0-9])|(?<=[\s/_:,.(|-])-(?=\s?-*[a-z])", re.I)
_CUTOFF = re.compile(
    r"""(?:\s?@|(?<=[a-z0-9])[_ ]at[_ ](?=\d|k\b))\s*
    ( \[[^\]]*\]
    | [\d.:%]*[_ ]?(?:tpr|fpr|recall|precision|specificity|sensitivity|iou)(?![a-z])[=_]?[\d.]*
    | [^\s,/_()|;]* )""",
    re.I | re.X,
)
_BRACKET = re.compile(r"[(\[{<]([^()\[\]{}<>]*)[)\]}>]")
_ASIDE = re.compile(r"[,;|]")
_PATH = re.compile(
    r"[/\\:]+|__+|\s-\s|(?<=[^\W\d])\.(?=[^\W\d])|(?<=[^\W\d])\.(?=\d+\b)|(?<=\d)\.(?=[^\W\d])"
)
_WORD = re.compile(r"[^\W_]+@?")
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")


@dataclass(frozen=True, slots=True)
class Part:
    """Words of a name that belong together; an ``aside`` is in brackets or after a comma."""

    words: tuple[str, ...]
    text: str
    aside: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Spelling:
    """A name in its parts. ``cutoff`` is what follows an @; ``stated`` is a direction that the name itself gives."""

    parts: tuple[Part, ...]
    cutoff: str | None = None
    stated: Stated | None = None


def spelled(name: str) -> Spelling:
    """Return the parts of a name. A sign before a word becomes the word ``minus``, ``1 -`` before it ``complement``.

    A name with more words than anybody reports has no parts.
    """
    text = _POSSESSIVE.sub("", unicodedata.normalize("NFKC", name[:LONGEST_READ]))
    text, stated = without_statement(text.translate(_SIGNS))
    text = _COMPLEMENT.sub("complement ", text)
    text = _MINUS.sub(" minus ", _INVERSE.sub("inverse ", text))
    cutoff = _CUTOFF.search(text)
    parts = _parts(_CUTOFF.sub("@ ", text))
    too_long = sum(len(part.words) for part in parts) > _MOST_WORDS
    return Spelling(parts=() if too_long else parts, cutoff=cutoff and cutoff[1], stated=stated)


def _parts(text: str) -> tuple[Part, ...]:
    """Return the parts between slashes and similar signs, then the asides."""
    inside = [match[1] for match in _BRACKET.finditer(text)]
    plain, *behind = _ASIDE.split(_BRACKET.sub(" ", text))
    parts = [Part(_words(piece), piece) for piece in _PATH.split(plain)]
    parts += [Part(_words(piece), piece, aside=True) for piece in (*inside, *behind)]
    return tuple(part for part in parts if part.words)


def _words(text: str) -> tuple[str, ...]:
    return _phrased(tuple(word.lower() for word in _WORD.findall(_HUMP.sub(" ", text))))


def _phrased(words: tuple[str, ...]) -> tuple[str, ...]:
    """Return words with each phrase joined to one word."""
    for length in (3, 2):
        for i in range(len(words) - length + 1):
            phrase = vocabulary().phrases.get(" ".join(words[i : i + length]))
            if phrase is not None:
                return (*words[:i], phrase, *_phrased(words[i + length :]))
    return words
