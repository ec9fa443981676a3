"""Training and test samples of theophylline, and the analyses that use them."""

import numpy as np

from scidex.forge.demo.fit import published
from scidex.forge.demo.fit.entries import ArtifactEntry, analysis, derived_table
from scidex.forge.demo.fit.split import leaving_out
from scidex.forge.demo.fit.tables import DataTable

TRAIN = "dataset-theophylline-train"
TEST = "dataset-theophylline-test"
# Averaged by one exploratory analysis, and not registered.
MEANS = "dataset-theophylline-mean-curve"
KINETICS = "analysis-theophylline-kinetics"
MEAN_CURVE = "analysis-theophylline-mean-curve"
_SPLIT = "analysis-theophylline-split"
_HERE = "scidex.forge.demo.fit.theophylline_tables"
_FIT = "scidex.forge.demo.fit.theophylline:models"
# Every fourth subject; published in order of rising maximal concentration, so they span its range.
_HELD_OUT = (4, 8, 12)


def samples() -> tuple[DataTable, DataTable]:
    """Return training and test samples."""
    return leaving_out(published.measurements(published.THEOPHYLLINE), "Subject", _HELD_OUT)


def mean_curve(table: DataTable) -> DataTable:
    """Return the means of the n-th samples of all subjects (time, dose, concentration)."""
    names = ("Time", "Dose", "conc")
    subjects = table.column("Subject")
    samples = table.matrix(names)
    curves = [samples[[one == subject for one in subjects]] for subject in dict.fromkeys(subjects)]
    return DataTable(names, tuple(tuple(map(float, row)) for row in np.mean(curves, axis=0)))


def entries(train: DataTable, test: DataTable) -> list[ArtifactEntry]:
    """Return the entries of the tables and analyses."""
    return [*_split(train, test), *_kinetics()]


def _split(train: DataTable, test: DataTable) -> list[ArtifactEntry]:
    shared = {"source": published.THEOPHYLLINE, "analysis": _SPLIT}
    return [
        analysis(
            _SPLIT,
            "Split of the theophylline data into training and test subjects",
            inputs=[("cites", published.THEOPHYLLINE)],
            method="Every fourth subject is held out with all samples.",
            entrypoint=f"{_HERE}:samples",
        ),
        derived_table(
            TRAIN,
            "Theophylline: samples of the training subjects",
            train,
            rule="the subjects that are not held out",
            **shared,
        ),
        derived_table(
            TEST,
            "Theophylline: samples of the held-out subjects",
            test,
            rule="every fourth subject",
            held_out_subjects=list(_HELD_OUT),
            **shared,
        ),
    ]


def _kinetics() -> list[ArtifactEntry]:
    return [
        analysis(
            KINETICS,
            "Kinetics of theophylline in the pooled training subjects",
            inputs=[("cites", TRAIN), ("uses", TEST), ("cites", published.BOECKMANN)],
            method="Absorption and elimination of the oral drug as ordinary differential equations, least squares over "
            "the pooled samples of the training subjects.",
            entrypoint=_FIT,
        ),
        analysis(
            MEAN_CURVE,
            "Kinetics of the mean theophylline curve",
            inputs=[("cites", published.THEOPHYLLINE), ("uses", TEST)],
            method="The n-th samples of the training subjects are averaged (time, dose, concentration) and fitted as "
            f"one curve. The averaged table, {MEANS}, was not registered.",
            entrypoint=_FIT,
        ),
    ]
