"""A comparison with all that its files need."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from scidex.atlas._model_registry.comparison.export import About
from scidex.atlas._model_registry.contract.answers import Comparison, VersionEntry
from scidex.atlas._model_registry.contract.digests import digest_of, json_text
from scidex.atlas._model_registry.pages.words.addresses import compare_address
from scidex.atlas._model_registry.records.evaluations import Evaluation


@dataclass(frozen=True)
class ComparedModels:
    """A comparison, the hashes and the lineages of its models, and the columns of their evaluations.

    ``citations`` are the models' own BibTeX entries, read for the formats that hold them.
    """

    comparison: Comparison
    hashes: Mapping[str, str | None]
    histories: Mapping[str, Sequence[VersionEntry]]
    evaluations: Mapping[str, Sequence[Evaluation]]
    base: str
    citations: Mapping[str, str] = field(default_factory=dict)

    @property
    def ids(self) -> list[str]:
        """The compared models, in their order."""
        return [model["id"] for model in self.comparison["models"]]

    @property
    def address(self) -> str:
        """The address of the comparison's page."""
        baseline = self.comparison["baseline"]
        return self.base + compare_address(self.ids, baseline=baseline, only_differences=False)

    @cached_property
    def json_text(self) -> str:
        """The comparison as the route sends it, byte for byte."""
        return json_text(self.comparison)

    @cached_property
    def digest(self) -> str:
        """SHA-256, in hex, of ``json_text``."""
        return digest_of(self.json_text)

    @property
    def newest(self) -> str | None:
        """The day on which the newest of the models was registered; None where none has a date."""
        return max(
            (model["created_at"][:10] for model in self.comparison["models"] if model["created_at"]),
            default=None,
        )

    @property
    def about(self) -> About:
        """The facts of the comparison as a whole, for its files."""
        return About(address=self.address, digest=self.digest, newest=self.newest, hashes=self.hashes)
