"""Predictors on the scale of the training people: mean 0 and standard deviation 1 there."""

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
        """Answer the columns of any table on this scale."""
        return (table.matrix(self.names) - self.mean) / self.deviation

    def described(self) -> dict[str, dict[str, float]]:
        """Answer mean and standard deviation by name."""
        pairs = zip(self.names, self.mean, self.deviation, strict=True)
        return {name: {"mean": float(mean), "sd": float(sd)} for name, mean, sd in pairs}
