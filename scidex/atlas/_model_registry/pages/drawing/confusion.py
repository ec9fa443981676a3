"""Confusion matrices: counts of rows by observed and predicted class."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

from scidex.atlas._model_registry.pages.drawing.picture import (
    Frame,
    MatrixCell,
    Panel,
    Picture,
    Series,
    Table,
    Tick,
)
from scidex.atlas._model_registry.pages.drawing.shapes import Point
from scidex.atlas._model_registry.pages.drawing.tables import numbers_table
from scidex.atlas._model_registry.pages.drawing.text import fitting, text_width
from scidex.atlas._model_registry.pages.words.numbers import number

_WIDTH, _TOP, _BOTTOM, _RIGHT = 340.0, 44.0, 40.0, 12.0
_LETTER, _LABEL_COLUMNS = 6.2, 14
_MOST_WITH_COUNTS, _MOST_LABELLED = 8, 25
_CELL_HEIGHT, _LEAST_HEIGHT = 46.0, 200.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Matrix:
    """Counts of rows by observed (row) and predicted class (column), both in the order of ``classes``."""

    series: Series
    classes: Sequence[str]
    counts: Sequence[Sequence[int]]


def confusion(
    series: Series, observed: Sequence[str], predicted: Sequence[str], classes: Sequence[str]
) -> Matrix:
    """Return the counts of rows for each pair of classes."""
    found = Counter(zip(observed, predicted, strict=True))
    return Matrix(
        series=series, classes=classes, counts=[[found[seen, said] for said in classes] for seen in classes]
    )


def confusion_picture(matrices: Sequence[Matrix]) -> Picture:
    """Return a picture of matrices side by side; a cell is shaded by its share of the observed class."""
    has_counts = all(len(matrix.classes) <= _MOST_WITH_COUNTS for matrix in matrices)
    notes = [
        "Shading and percentages are shares of each observed class (row); the diagonal holds the correct predictions."
    ]
    if not has_counts:
        notes.append("Too many classes for numbers in the cells; the table has them.")
    return Picture(
        title="Confusion matrix",
        panels=[_panel(matrix, named=len(matrices) > 1) for matrix in matrices],
        table=_table(matrices),
        notes=notes,
    )


def _panel(matrix: Matrix, *, named: bool) -> Panel:
    size = len(matrix.classes)
    labels = [fitting(label, _LABEL_COLUMNS) for label in matrix.classes]
    left = 14 + _LETTER * max(map(text_width, labels))
    width = (_WIDTH - _RIGHT - left) / size
    height = max(_LEAST_HEIGHT, min(_CELL_HEIGHT * size, _WIDTH - 80)) / size
    right = sum(row[place] for place, row in enumerate(matrix.counts))
    total = sum(map(sum, matrix.counts))
    is_labelled = size <= _MOST_LABELLED
    return Panel(
        title=matrix.series.name if named else "Confusion matrix",
        description=f"{number(right)} of {number(total)} rows are on the diagonal.",
        width=_WIDTH,
        height=_TOP + height * size + _BOTTOM,
        frame=Frame(left=left, top=_TOP, right=_WIDTH - _RIGHT, bottom=_TOP + height * size),
        x_title="predicted class",
        y_title="observed class",
        x_ticks=[
            Tick(
                at=round(left + (place + 0.5) * width, 1), label=fitting(label, max(2, int(width / _LETTER)))
            )
            for place, label in enumerate(labels)
        ]
        if is_labelled
        else [],
        y_ticks=[
            Tick(at=round(_TOP + (place + 0.5) * height, 1), label=label)
            for place, label in enumerate(labels)
        ]
        if is_labelled
        else [],
        # The diagonal comes last, so that no neighbour covers its outline.
        cells=[
            _cell(matrix, at, Point(left + at[1] * width, _TOP + at[0] * height), (width, height))
            for at in sorted(product(range(size), range(size)), key=lambda at: at[0] == at[1])
        ],
    )


def _cell(matrix: Matrix, at: tuple[int, int], corner: Point, size: tuple[float, float]) -> MatrixCell:
    row, column = at
    count, total = matrix.counts[row][column], sum(matrix.counts[row])
    share = count / total if total else 0.0
    has_text = len(matrix.classes) <= _MOST_WITH_COUNTS
    return MatrixCell(
        corner=Point(round(corner.x, 1), round(corner.y, 1)),
        width=round(size[0], 1),
        height=round(size[1], 1),
        share=round(share, 2),
        is_diagonal=row == column,
        text=number(count) if has_text else None,
        below=f"{share:.0%}".replace("%", " %") if has_text and total else None,
    )


def _table(matrices: Sequence[Matrix]) -> Table:
    rows = [
        [seen, said, *(number(matrix.counts[row][column]) for matrix in matrices)]
        for row, seen in enumerate(matrices[0].classes)
        for column, said in enumerate(matrices[0].classes)
        if any(matrix.counts[row][column] for matrix in matrices)
    ]
    head = ["Observed", "Predicted", *(f"Rows, {matrix.series.name}" for matrix in matrices)]
    return numbers_table(head, rows, len(rows))
