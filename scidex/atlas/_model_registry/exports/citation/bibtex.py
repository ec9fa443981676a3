"""A BibTeX entry in UTF-8, which biber and today's BibTeX read; only characters special to TeX are escaped."""

import hashlib
import re
from typing import Final

from scidex.atlas._model_registry.exports.citation.facts import PUBLISHER, Citation, citation
from scidex.atlas._model_registry.exports.record import Record
from scidex.atlas._model_registry.exports.trust import trust_sentences

_TEX: Final = {
    "\\": r"\textbackslash{}",
    # BibTeX counts the braces of \{ and \}, so that they would end a field, and let a title write other fields.
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "$": r"\$",
    "&": r"\&",
    "#": r"\#",
    "%": r"\%",
    "_": r"\_",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
}
_NOT_IN_KEYS: Final = re.compile(r"[^A-Za-z0-9:.-]+")


def as_bibtex(record: Record) -> bytes:
    """Return one ``@misc`` entry, the type that every style knows; unknown fields are left out."""
    cited = citation(record)
    year, _, rest = (cited.date or "").partition("-")
    fields = {
        "title": f"{{{tex(cited.title)}}}",
        # Each name has its own braces: a person's and a program's cannot be told apart.
        "author": " and ".join(f"{{{tex(name)}}}" for name in cited.names),
        "year": year,
        "month": rest[:2].lstrip("0"),
        "version": cited.version,
        "publisher": tex(PUBLISHER),
        "howpublished": tex(f"{PUBLISHER}, version {cited.version}"),
        "url": cited.address,
        "note": tex(" ".join([cited.identity, *trust_sentences(record), *_described_in(cited)])),
    }
    lines = [f"  {name:<12} = {{{value}}}," for name, value in fields.items() if value]
    return ("\n".join([f"@misc{{{citation_key(cited.id)},", *lines, "}"]) + "\n").encode()


def _described_in(cited: Citation) -> list[str]:
    return [f"Described in: {text}." for text in cited.published_in]


def citation_key(name: str) -> str:
    """Return a key of letters, digits and ``:.-``; a name with other characters gets a digest, to stay unique."""
    plain = _NOT_IN_KEYS.sub("-", name).strip("-")
    if plain == name:
        return name
    return "-".join(filter(None, (plain, hashlib.sha256(name.encode()).hexdigest()[:8])))


def tex(text: str) -> str:
    """Return text that TeX shows as it is."""
    return "".join(_TEX.get(char, char) for char in text)
