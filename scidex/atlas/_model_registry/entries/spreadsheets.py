"""Cells for spreadsheets: text that would run as a formula stays text."""

import csv
import re
import string
import unicodedata
from collections.abc import Sequence
from io import StringIO
from typing import Final

# Spreadsheets recognize UTF-8 by it.
BYTE_ORDER_MARK: Final = "\ufeff"

# Spreadsheets run a cell that begins with one of these as a formula, in full width too (OWASP, CSV Injection).
_FORMULA_SIGNS = frozenset("=+-@")
_LINE_SIGNS = frozenset("\t\r\n")
# Most cells begin so, and no formula does: the quick way, as a table of 100,000 models has a million cells.
_PLAIN_STARTS = frozenset(f'{string.ascii_letters}{string.digits}[{{"(')
_PLAIN_NUMBER = re.compile(r"-?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?")
# Categories that a spreadsheet drops before a cell's text: control and format characters, and space.
_DROPPED = frozenset({"Cc", "Cf", "Zs", "Zl", "Zp"})


def cell(value: object) -> object:
    """Return a value for a cell; text that would start a formula gets an apostrophe before it."""
    return f"'{value}" if isinstance(value, str) and _starts_formula(value) else value


def line(cells: Sequence[object]) -> str:
    """Return a line of a CSV file (RFC 4180)."""
    out = StringIO()
    csv.writer(out).writerow(map(cell, cells))
    return out.getvalue()


def _starts_formula(text: str) -> bool:
    if text[:1] in _PLAIN_STARTS:
        return False
    if text[:1] in _LINE_SIGNS:
        return True
    first = next((char for char in text if unicodedata.category(char) not in _DROPPED), "")
    return unicodedata.normalize("NFKC", first) in _FORMULA_SIGNS and not _PLAIN_NUMBER.fullmatch(text)
