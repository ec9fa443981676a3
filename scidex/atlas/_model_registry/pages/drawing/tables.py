"""The numbers of a picture as a table of bounded length."""

from collections.abc import Iterable, Sequence
from itertools import islice

from scidex.atlas._model_registry.pages.drawing.picture import Table
from scidex.atlas._model_registry.pages.words.numbers import number

_MOST_ROWS = 150


def numbers_table(head: Sequence[str], rows: Iterable[Sequence[str]], total: int) -> Table:
    """Return a table of the first 150 rows, with a note on their total."""
    shown = list(islice(rows, _MOST_ROWS))
    left_out = f"The first {number(len(shown))} of {number(total)} rows." if total > len(shown) else None
    return Table(head=head, rows=shown, left_out=left_out)
