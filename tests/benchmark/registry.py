"""A generated registry: the same rows for the same seed, as they are copied into the three tables."""

import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache, cached_property
from itertools import accumulate
from typing import Any

from tests.benchmark import vocabulary
from tests.benchmark.documents import described

DATASETS, HYPOTHESES = 200, 100
MODELS_PER_ANALYSIS = 5
LONGEST_LINEAGE = 40
MOST_INPUTS = 8
BEGIN = datetime(2024, 1, 1, tzinfo=UTC)
# What a tenth of the analyses and a fifth of the other models lack, in all about 30 % of the models.
_UNPINNED, _WITHOUT = 0.1, {"dataset": 0.08, "analysis": 0.08, "hypothesis": 0.06}

Row = tuple[Any, ...]


@dataclass(frozen=True)
class Model:
    """What is decided about a model before its rows are written."""

    number: int
    lineage: int
    version: int
    is_latest: bool
    family: str
    lacks: str | None

    @property
    def id(self) -> str:
        """The id, which names lineage and version."""
        return model_id(self.lineage, self.version)


def model_id(lineage: int, version: int) -> str:
    """Return the id of one version of a lineage."""
    return f"model-{lineage:07d}-v{version}"


def dataset_id(number: int) -> str:
    """Return the id of a dataset; the lower the number the more models are trained on it."""
    return f"dataset-{number:03d}"


def analysis_id(number: int) -> str:
    """Return the id of an analysis."""
    return f"SDA-{number:07d}"


def hypothesis_id(number: int) -> str:
    """Return the id of a hypothesis; the lower the number the more models test it."""
    return f"hypothesis-{number:03d}"


@dataclass(frozen=True)
class Registry:
    """A registry of ``models`` models whose metadata take about ``document_bytes`` (least, most) each."""

    models: int
    document_bytes: tuple[int, int] = (1_000, 20_000)
    seed: int = 20260405

    def artifacts(self) -> Iterator[Row]:
        """Yield the rows of ``artifacts``: datasets and hypotheses, then analyses, then models."""
        yield from self._datasets()
        yield from self._hypotheses()
        yield from self._analyses()
        yield from self._models()

    def links(self) -> Iterator[Row]:
        """Yield (source, target, type)."""
        for number in range(self._analysis_count):
            for target in self.inputs(number):
                yield analysis_id(number), target, "cites"
        for model in self.chosen():
            yield from self._model_links(model)

    def model_versions(self) -> Iterator[Row]:
        """Yield (id, commit, entrypoint, training times, parameters, metrics, promotion state)."""
        for model in self.chosen():
            chance = self._random("version", model.number)
            metrics = self._metrics(model) if _place(model) == 0 else None
            begun = self._created(model.number) - timedelta(hours=3)
            yield (
                model.id,
                f"{chance.getrandbits(160):040x}",
                f"fit.{model.family}:main",
                begun.isoformat(),
                (begun + timedelta(minutes=chance.randint(5, 170))).isoformat(),
                json.dumps({"seed": chance.randint(1, 99), "epochs": chance.randint(10, 300)}),
                metrics and json.dumps(metrics),
                chance.choices(("candidate", "promoted", "rejected", "superseded"), (60, 15, 5, 20))[0],
            )

    def chosen(self) -> Iterator[Model]:
        """Yield the models in the order of their creation."""
        chance, number, lineage = self._random("lineages", 0), 0, 0
        while number < self.models:
            versions = min(LONGEST_LINEAGE, int(chance.paretovariate(1.1)), self.models - number)
            if lineage == 0:
                versions = min(LONGEST_LINEAGE, self.models)
            family = chance.choices(vocabulary.FAMILIES, vocabulary.FAMILY_WEIGHTS)[0]
            for version in range(1, versions + 1):
                yield Model(number, lineage, version, version == versions, family, self._lack(chance))
                number += 1
            lineage += 1

    def inputs(self, analysis: int) -> list[str]:
        """Name the inputs of an analysis, the dataset that its models are trained on first."""
        chance = self._random("inputs", analysis)
        numbers = [_popular(chance, DATASETS) for _ in range(chance.randint(1, MOST_INPUTS))]
        return [dataset_id(number) for number in dict.fromkeys(numbers)]

    @cached_property
    def _numbers(self) -> str:
        """Text of numbers, of which documents take slices to reach their size."""
        chance = self._random("numbers", 0)
        return ", ".join(f"{chance.random():.6f}" for _ in range(50_000))

    @property
    def _analysis_count(self) -> int:
        return -(-self.models // MODELS_PER_ANALYSIS)

    def _random(self, purpose: str, number: int) -> random.Random:
        return random.Random(f"{self.seed} {purpose} {number}")  # noqa: S311  nothing secret is made

    @staticmethod
    def _lack(chance: random.Random) -> str | None:
        kept = 1 - sum(_WITHOUT.values())
        return chance.choices((None, *_WITHOUT), (kept, *_WITHOUT.values()))[0]

    @staticmethod
    def _created(number: int) -> datetime:
        return BEGIN + timedelta(seconds=61 * number)

    def _datasets(self) -> Iterator[Row]:
        for number in range(DATASETS):
            chance = self._random("dataset", number)
            title = f"{chance.choice(vocabulary.COHORTS)}: {chance.choice(vocabulary.TOPICS)} {number}"
            metadata = json.dumps({"rows": chance.randint(50, 20_000)})
            kind = "tabular_dataset" if number % 10 == 9 else "dataset"
            yield _artifact(dataset_id(number), kind, title, metadata, _hash(dataset_id(number)), BEGIN)

    def _hypotheses(self) -> Iterator[Row]:
        for number in range(HYPOTHESES):
            title = f"Hypothesis {number}: {self._random('hypothesis', number).choice(vocabulary.TOPICS)}"
            yield _artifact(hypothesis_id(number), "hypothesis", title, "{}", None, BEGIN)

    def _analyses(self) -> Iterator[Row]:
        for number in range(self._analysis_count):
            inputs = self.inputs(number)
            if self._random("pins", number).random() < _UNPINNED:
                inputs = inputs[1:]
            pins = [{"artifact_id": i, "version_number": 1, "content_hash": _hash(i)} for i in inputs]
            metadata = json.dumps({"pinned_artifacts": pins})
            created = self._created(number * MODELS_PER_ANALYSIS)
            yield _artifact(analysis_id(number), "analysis", f"Analysis {number}", metadata, None, created)

    def _models(self) -> Iterator[Row]:
        for model in self.chosen():
            chance = self._random("model", model.number)
            method = chance.choice(vocabulary.METHODS[model.family])
            title = f"{chance.choice(vocabulary.TOPICS).capitalize()}: {method} on {chance.choice(vocabulary.COHORTS)}"
            yield (
                model.id,
                "model",
                f"{title} v{model.version}",
                self._document(model, chance),
                _hash(model.id),
                None if chance.random() < 0.1 else round(chance.random(), 3),
                self._created(model.number),
                "internal" if chance.random() < 0.9 else "external",
                model.version,
                model_id(model.lineage, model.version - 1) if model.version > 1 else None,
                "Other settings." if model.version > 1 else None,
                model.is_latest,
            )

    def _document(self, model: Model, chance: random.Random) -> str:
        """Write a model's metadata and fill it up with numbers to its size."""
        least, most = self.document_bytes
        size = int(least * (most / least) ** chance.random())
        text = json.dumps(described(model.family, chance) | self._named(model) | self._reported(model))
        missing = max(0, size - len(text))
        begin = self._numbers.index(",", chance.randrange(len(self._numbers) - most - 20)) + 2
        trace = self._numbers[begin : begin + missing // 10 * 10].rstrip(", ")
        return f'{text[:-1]}, "loss_curve": [{trace}]}}'

    def _reported(self, model: Model) -> dict[str, Any]:
        keys = {
            1: "evaluation_metrics",
            2: "fit_metrics" if model.family == "biophysical" else "training_metrics",
        }
        return {keys[_place(model)]: self._metrics(model)} if _place(model) else {}

    def _metrics(self, model: Model) -> dict[str, float]:
        chance = self._random("metrics", model.number)
        ranges = vocabulary.METRICS[model.family]
        chosen = chance.sample(sorted(ranges), chance.randint(2, len(ranges)))
        return {name: round(chance.uniform(*ranges[name]), 4) for name in chosen}

    def _named(self, model: Model) -> dict[str, Any]:
        """Name the evidence in the metadata, as every other model does; the others have links."""
        named: dict[str, Any] = {}
        if model.lacks == "hypothesis":
            named["tests_hypothesis_id"] = "hypothesis-never-registered"
        elif (tested := self._tested(model)) is not None and model.number % 2:
            named["tests_hypothesis_id"] = tested
        if model.number % 2 and model.lacks != "dataset":
            named["trained_on_dataset_id"] = self._trained_on(model)
        if model.number % 2 and model.lacks != "analysis":
            named["produced_by_analysis_id"] = analysis_id(model.number // MODELS_PER_ANALYSIS)
        return named

    def _model_links(self, model: Model) -> Iterator[Row]:
        if model.version > 1:
            yield model.id, model_id(model.lineage, model.version - 1), "derives_from"
        if model.number % 2:
            return
        if model.lacks != "dataset":
            yield model.id, self._trained_on(model), "trained_on"
        if model.lacks != "analysis":
            yield model.id, analysis_id(model.number // MODELS_PER_ANALYSIS), "produced_by"
        if model.lacks != "hypothesis" and (tested := self._tested(model)) is not None:
            yield model.id, tested, "tests"

    def _trained_on(self, model: Model) -> str:
        return self.inputs(model.number // MODELS_PER_ANALYSIS)[0]

    def _tested(self, model: Model) -> str | None:
        chance = self._random("tested", model.number)
        return hypothesis_id(_popular(chance, HYPOTHESES)) if chance.random() < 0.4 else None


@cache
def _zipf(among: int) -> list[float]:
    return list(accumulate(1 / rank for rank in range(1, among + 1)))


def _popular(chance: random.Random, among: int) -> int:
    """Choose a number below ``among``, each as often as its rank says (Zipf's law)."""
    return chance.choices(range(among), cum_weights=_zipf(among))[0]


def _place(model: Model) -> int:
    """Choose which of the three places reports the metrics."""
    return model.number % 3


def _artifact(  # noqa: PLR0917  the order is that of the columns
    artifact_id: str, kind: str, title: str, metadata: str, content_hash: str | None, created: datetime
) -> Row:
    return artifact_id, kind, title, metadata, content_hash, None, created, "internal", 1, None, None, True


def _hash(name: str) -> str:
    return f"sha256:{random.Random(name).getrandbits(256):064x}"  # noqa: S311  nothing secret is made
