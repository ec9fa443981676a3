"""Training and test rows."""

from collections.abc import Sequence

from sklearn.model_selection import train_test_split

from scidex.forge.demo.fit.tables import DataTable

# The year in which the Alzheimer's data were published; fixed before any model was fitted.
SEED = 2011


def stratified(table: DataTable, by: str, test_share: float) -> tuple[DataTable, DataTable]:
    """Return training and test rows, drawn at random with the shares of the classes of ``by``, in published order."""
    numbers = table.column("row")
    _, test = train_test_split(numbers, test_size=test_share, stratify=table.column(by), random_state=SEED)
    return leaving_out(table, "row", test)


def leaving_out(table: DataTable, column: str, held_out: Sequence[object]) -> tuple[DataTable, DataTable]:
    """Return the rows whose cell in ``column`` is not held out, and those whose cell is."""
    chosen = set(held_out)
    return table.where(lambda row: row[column] not in chosen), table.where(lambda row: row[column] in chosen)
