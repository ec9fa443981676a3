"""Checks of XML before a library reads it: no document type, bounded size and depth, a known encoding."""

import re
from typing import Any, Final
from xml.parsers import expat

from scidex.forge.importers.refusals import Refused

MOST_BYTES: Final = 16 * 1024 * 1024
# libsbml 5.21 exhausts its stack at tens of thousands of nested elements; published models stay below 40.
DEEPEST: Final = 100
_DECLARATION: Final = re.compile(r"\A\ufeff?\s*<\?xml\b[^>]*\?>")


def checked_xml(data: bytes) -> str:
    """Return the text of an XML document without its declaration.

    Raises:
        Refused: it is too large or too deep, has a document type, or is not well-formed.

    """
    if len(data) > MOST_BYTES:
        reason = f"it has {len(data):,} bytes; {MOST_BYTES:,} are read"
        raise Refused("the file", reason, "give the model without what is only drawn or annotated")
    guard = _Guard()
    try:
        guard.parser.Parse(data, True)  # noqa: FBT003 - expat takes it by place
    except expat.ExpatError as error:
        reason = f"it is not well-formed XML: {expat.errors.messages[error.code]}"
        raise Refused(f"line {error.lineno}, column {error.offset}", reason, "give the whole file") from None
    except (LookupError, ValueError) as error:
        raise Refused("line 1", f"its encoding cannot be read: {error}", "save it as UTF-8") from None
    return _DECLARATION.sub("", data.decode(guard.encoding or _marked(data)), count=1)


class _Guard:
    """Follows a document as expat reads it, and stops at forbidden parts."""

    def __init__(self) -> None:
        self.encoding: str | None = None
        self._depth = 0
        self.parser = expat.ParserCreate()
        self.parser.XmlDeclHandler = self._declaration
        self.parser.StartDoctypeDeclHandler = self._doctype
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end

    def _declaration(self, _version: str, encoding: str | None, _standalone: int) -> None:
        self.encoding = encoding

    def _doctype(self, *_: Any) -> None:
        raise Refused(
            self._place(), "it has a document type (DOCTYPE)", "remove the DOCTYPE; no model needs one"
        )

    def _start(self, *_: Any) -> None:
        self._depth += 1
        if self._depth > DEEPEST:
            reason = f"its elements nest deeper than {DEEPEST} levels"
            raise Refused(self._place(), reason, "give a model whose formulas are written less deep")

    def _end(self, *_: Any) -> None:
        self._depth -= 1

    def _place(self) -> str:
        return f"line {self.parser.CurrentLineNumber}"


def _marked(data: bytes) -> str:
    return "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8"
