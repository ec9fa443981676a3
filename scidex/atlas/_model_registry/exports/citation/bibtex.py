"""A BibTeX entry. UTF-8, as biber and BibTeX of today read it; only what TeX would act on is escaped."""

import hashlib
import re
from typing import Final

from scidex.atlas._model_registry.exports.citation.facts import PUBLISHER, Citation, citation
from scidex.atlas._model_registry.exports.record import Record
from scidex.atlas._model_registry.exports.trust import trust_sentences

_TEX: Final = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
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
    """Write one ``@misc`` entry; the type every style knows. What is not known is left out."""
    cited = citation(record)
    year, _, rest = (cited.date or "").partition("-")
    fields = {
        "title": f"{{{tex(cited.title)}}}",
        # Each name in braces of its own: whether it is a person's or a program's cannot be told.
        "author": " and ".join(f"{{{tex(name)}}}" for name in cited.names),
        "year": year,
        "month": rest[:2].lstrip("0"),
        "version": tex(cited.version),
        "publisher": tex(PUBLISHER),
        "howpublished": tex(f"{PUBLISHER}, version {cited.version}"),
        "url": cited.address,
        "note": tex(
            " ".join([f"Registry id {cited.id!r}.", *trust_sentences(record), *_described_in(cited)])
        ),
    }
    lines = [f"  {name:<12} = {{{value}}}," for name, value in fields.items() if value]
    return ("\n".join([f"@misc{{{citation_key(cited.id)},", *lines, "}"]) + "\n").encode()


def _described_in(cited: Citation) -> list[str]:
    return [f"Described in: {text}." for text in cited.published_in]


def citation_key(name: str) -> str:
    """Return a key of letters, digits and ``:.-``; a name that holds others keeps its own by a digest."""
    plain = _NOT_IN_KEYS.sub("-", name).strip("-")
    if plain == name:
        return name
    return "-".join(filter(None, (plain, hashlib.sha256(name.encode()).hexdigest()[:8])))


def tex(text: str) -> str:
    """Write text so that TeX shows it as it is."""
    return "".join(_TEX.get(char, char) for char in text)
