"""Names in SBML: ids for names of any characters, and elements that refer to them."""

import re
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final
from xml.etree.ElementTree import Element

from scidex.atlas._model_registry.exports.sbml.inexpressible import InexpressibleError, quoted
from scidex.atlas._model_registry.exports.sbml.mathml import csymbol
from scidex.atlas._model_registry.exports.sbml.statements import TIME

_SID: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_OTHER: Final = re.compile(r"[^A-Za-z0-9_]+")
# Names that have a meaning without a declaration, and their elements in MathML.
CONSTANTS: Final = {
    "pi": "pi", "true": "true", "false": "false", "inf": "infinity", "INF": "infinity", "infinity": "infinity",
    "nan": "notanumber", "NaN": "notanumber",
}  # fmt: skip  # one entry per line would be too long to survey
AVOGADRO: Final = "avogadro"
_NONE: Final[Mapping[str, str]] = MappingProxyType({})


class DocumentIds:
    """The ids of one document."""

    def __init__(self, names: Iterable[str]) -> None:
        self.ids = _ids(names)

    def other(self, text: str) -> str:
        """Return the id nearest to a text that is still free."""
        return _free(sid(text), set(self.ids.values()))

    def reference(self, name: str, local: Mapping[str, str] = _NONE) -> Element:
        """Return the element that refers to a name; ``local`` are the ids within one formula."""
        known = local.get(name) or self.ids.get(name)
        if known is not None:
            element = Element("ci")
            element.text = known
            return element
        if name in CONSTANTS:
            return Element(CONSTANTS[name])
        if name in TIME or name == AVOGADRO:
            return csymbol(AVOGADRO if name == AVOGADRO else "time")
        raise InexpressibleError(f"{quoted([name])} is declared nowhere")


def sid(text: str) -> str:
    """Return the nearest id to a text."""
    plain = _OTHER.sub("_", text)
    return plain if _SID.fullmatch(plain) else f"_{plain}"


def _ids(names: Iterable[str]) -> dict[str, str]:
    """Return a unique id for each name, which is the name itself where SBML allows it."""
    known = list(dict.fromkeys(names))
    found = {name: name for name in known if _SID.fullmatch(name)}
    taken = set(found)
    for name in known:
        if name not in found:
            found[name] = _free(sid(name), taken)
            taken.add(found[name])
    return found


def _free(wanted: str, taken: set[str]) -> str:
    number, found = 1, wanted
    while found in taken:
        number += 1
        found = f"{wanted}_{number}"
    return found
