"""Predictors on the scale of the training participants, with mean 0 and standard deviation 1 among them."""

from collections.abc import Sequence
from dataclasses import dataclass

from scidex.forge.demo.fit.tables import DataTable, Vector


@dataclass(frozen=True)
class Standardisation:
    """Means and standard deviations (with divisor n) learned on one table."""

    names: tuple[str, ...]
    mean: Vector
    deviation: Vector

    @staticmethod
    def learned(table: DataTable, names: Sequence[str]) -> "Standardisation":
        """Return the scale of some columns, learned on a table."""
        values = table.matrix(names)
        return Standardisation(tuple(names), values.mean(axis=0), values.std(axis=0))

    def __call__(self, table: DataTable) -> Vector:
        """Return the columns of any table on this scale."""
        return (table.matrix(self.names) - self.mean) / self.deviation

    def only(self, names: Sequence[str]) -> "Standardisation":
        """Return the scale of some of the columns."""
        kept = [self.names.index(name) for name in names]
        return Standardisation(tuple(names), self.mean[kept], self.deviation[kept])

    def described(self) -> dict[str, list[str] | list[float]]:
        """Return names, means and standard deviations in one order."""
        return {"names": list(self.names), "means": self.mean.tolist(), "deviations": self.deviation.tolist()}
