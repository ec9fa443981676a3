"""Training and test tables of the Alzheimer's classifiers, and their predictors and outcome."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from scidex.forge.demo.fit import evaluated, published
from scidex.forge.demo.fit.entries import ArtifactEntry, analysis, derived_table
from scidex.forge.demo.fit.split import SEED, stratified
from scidex.forge.demo.fit.tables import DataTable, Vector

TRAIN = "dataset-ad-train"
TEST = "dataset-ad-test"
TRAIN_WITHOUT_E2 = "dataset-ad-train-without-e2"
SPLIT = "analysis-ad-split"
WITHOUT_E2 = "analysis-ad-without-e2"

CORE = ("tau", "p_tau", "Ab_42")
DEMOGRAPHIC = ("age", "male", "e4_count")
_NOT_PREDICTORS = ("row", "Class", "Genotype")
_TEST_SHARE = 0.3


# What the documentation of the data (modeldata, ad_data) says of people and classes, and what follows for the models.
CARD = {
    "summary": "Tells people with cognitive impairment from controls by biomarkers of their cerebrospinal fluid.",
    "limitations": 'The classes are "Impaired" and "Control", from clinical dementia scores. Impairment is no '
    "diagnosis of Alzheimer's disease: a model of these classes is not a test for it. Of the 333 people some have "
    "mild but well-characterised impairment. All data, held-out ones too, come from one study.",
}

Judged: TypeAlias = tuple[evaluated.DemoSplit, DataTable, Vector]


@dataclass(frozen=True)
class CrossValidated:
    """Mean metrics over folds, and for each person the probability and the number of the held-out fold."""

    metrics: Mapping[str, float]
    probability: Vector
    fold: NDArray[np.int64]


@dataclass(frozen=True)
class People:
    """Tables of the classifiers. Every model is evaluated on ``test``."""

    train: DataTable
    test: DataTable
    train_without_e2: DataTable


def people() -> People:
    """Return the data, coded and split: 70 % training, 30 % test, with equal shares of the classes."""
    train, test = stratified(
        _with_allele_counts(published.measurements(published.ALZHEIMERS)), "Class", _TEST_SHARE
    )
    return People(train, test, train.where(lambda row: row["e2_count"] == 0))


def predictors(table: DataTable) -> list[str]:
    """Return the names of all predictors."""
    return [name for name in table.columns if name not in _NOT_PREDICTORS]


def impaired(table: DataTable) -> Vector:
    """Return 1 for each impaired person, 0 for each control."""
    return np.array([float(label == "Impaired") for label in table.column("Class")])


def predicted(tables: Sequence[Judged], validated: CrossValidated) -> tuple[evaluated.Predicted, ...]:
    """Return the probabilities of some tables, and those of the cross-validation within the last one."""
    kept = [evaluated.impairment(*one, raw=published.ALZHEIMERS) for one in tables]
    train = tables[-1][1]
    out_of_fold = evaluated.impairment(
        "cross_validation", train, validated.probability, raw=published.ALZHEIMERS, folds=validated.fold
    )
    return (*kept, out_of_fold)


def entries(tables: People) -> list[ArtifactEntry]:
    """Return the entries of the tables and of the analyses that made them."""
    return [*_split(tables), *_without_e2(tables)]


def _split(tables: People) -> list[ArtifactEntry]:
    counts = "Genotype is counted as e2_count and e4_count, the number of APOE ε2 and ε4 alleles."
    shared = {"analysis": SPLIT, "source": published.ALZHEIMERS, "class_column": "Class"}
    return [
        analysis(
            SPLIT,
            "Split of the Alzheimer's biomarker data into training and test people",
            inputs=[("cites", published.ALZHEIMERS)],
            method=f"Stratified by Class, {_TEST_SHARE:.0%} of the people held out. {counts}",
            entrypoint="scidex.forge.demo.fit.alzheimers_tables:people",
            seed=SEED,
        ),
        derived_table(
            TRAIN,
            "Alzheimer's biomarkers: training participants",
            tables.train,
            rule="the people who are not in the test table",
            classes=_classes(tables.train),
            **shared,
        ),
        derived_table(
            TEST,
            "Alzheimer's biomarkers: held-out participants",
            tables.test,
            rule=f"{_TEST_SHARE:.0%} of each class at random, numpy seed {SEED}; used for no choice of any model",
            classes=_classes(tables.test),
            held_out_rows=tables.test.column("row"),
            **shared,
        ),
    ]


def _without_e2(tables: People) -> list[ArtifactEntry]:
    return [
        analysis(
            WITHOUT_E2,
            "Training participants without an APOE ε2 allele",
            inputs=[("cites", TRAIN)],
            method="Carriers of ε2, which is associated with a lower risk, are left out of the training table.",
            entrypoint="scidex.forge.demo.fit.alzheimers_tables:people",
        ),
        derived_table(
            TRAIN_WITHOUT_E2,
            "Alzheimer's biomarkers: training participants without APOE ε2",
            tables.train_without_e2,
            source=TRAIN,
            raw=published.ALZHEIMERS,
            analysis=WITHOUT_E2,
            rule="the training participants whose e2_count is 0",
            classes=_classes(tables.train_without_e2),
            class_column="Class",
        ),
    ]


def _with_allele_counts(table: DataTable) -> DataTable:
    genotypes = [str(genotype) for genotype in table.column("Genotype")]
    for allele in ("2", "4"):
        table = table.with_column(f"e{allele}_count", [genotype.count(allele) for genotype in genotypes])
    return table


def _classes(table: DataTable) -> dict[str, int]:
    labels = table.column("Class")
    return {name: labels.count(name) for name in ("Control", "Impaired")}
