"""Predictors on the scale of the training participants: mean 0 and standard deviation 1 there."""

from collections.abc import Sequence
from dataclasses import dataclass

from scidex.forge.demo.fit.tables import Table, Vector


@dataclass(frozen=True)
class Scale:
    """Means and standard deviations (with divisor n) learned on one table."""

    names: tuple[str, ...]
    mean: Vector
    deviation: Vector

    @staticmethod
    def learned(table: Table, names: Sequence[str]) -> "Scale":
        """Learn the scale of the columns named."""
        values = table.matrix(names)
        return Scale(tuple(names), values.mean(axis=0), values.std(axis=0))

    def __call__(self, table: Table) -> Vector:
        """Return the columns of any table on this scale."""
        return (table.matrix(self.names) - self.mean) / self.deviation

    def only(self, names: Sequence[str]) -> "Scale":
        """Return the scale of some of the columns."""
        kept = [self.names.index(name) for name in names]
        return Scale(tuple(names), self.mean[kept], self.deviation[kept])

    def described(self) -> dict[str, list[str] | list[float]]:
        """Return names, means and standard deviations in one order."""
        return {"names": list(self.names), "means": self.mean.tolist(), "deviations": self.deviation.tolist()}
