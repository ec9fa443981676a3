"""Damaged files are refused or registered whole: without internal errors, half-written models or remains."""

from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from scidex.forge.importers import BY_NAME, ImportFormat, Told, carry_out
from scidex.forge.importers.plan import Plan
from scidex.forge.importers.refusals import Refused
from tests.importers import mlflow_stores, petab_problem, sbml_documents, sources
from tests.importers.mutations import mutations

_FEWER, _FEW, _MANY = 4, 15, 300
_APART = ("sbml", "omex", "petab")  # each reading starts a program
KINDS: dict[str, tuple[str, Callable[[Path], Path], str]] = {
    "card": ("huggingface", sources.card, ""),
    "record": ("scidex", sources.record, ""),
    "keras history": ("keras", sources.keras, ""),
    "keras model": ("keras", sources.keras, "../model.json"),
    "lightning metrics": ("lightning", sources.lightning, "metrics.csv"),
    "lightning settings": ("lightning", sources.lightning, "hparams.yaml"),
    "wandb configuration": ("wandb", sources.wandb, "files/config.yaml"),
    "wandb summary": ("wandb", sources.wandb, "files/wandb-summary.json"),
    "sbml": ("sbml", sbml_documents.sbml, ""),
    "omex": ("omex", sbml_documents.omex, ""),
    "mlflow database": ("mlflow", mlflow_stores.database, ""),
    "mlflow run": ("mlflow", mlflow_stores.folder_store, "1/r1/meta.yaml"),
    "mlflow metric": ("mlflow", mlflow_stores.folder_store, "1/r1/metrics/val/loss"),
    "mlflow signature": ("mlflow", mlflow_stores.folder_store, "1/models/m-1/artifacts/MLmodel"),
    "petab problem": ("petab", petab_problem.petab, "problem.yaml"),
    "petab parameters": ("petab", petab_problem.petab, "parameters.tsv"),
    "petab measurements": ("petab", petab_problem.petab, "measurements.tsv"),
    "petab simulations": ("petab", petab_problem.petab, "simulations.tsv"),
    "wandb machine": ("wandb", sources.wandb, "files/wandb-metadata.json"),
}


@pytest.mark.parametrize("kind", KINDS)
def test_a_few_damaged_files(conn: psycopg.Connection, tmp_path: Path, kind: str) -> None:
    _try(conn, tmp_path, kind, _FEWER if KINDS[kind][0] in _APART else _FEW)


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_many_damaged_files(conn: psycopg.Connection, tmp_path: Path, kind: str) -> None:
    _try(conn, tmp_path, kind, _MANY)


def _try(conn: psycopg.Connection, folder: Path, kind: str, number: int) -> None:
    name, write, part = KINDS[kind]
    source = write(folder)
    damaged = (source / part).resolve() if part else source
    before = set(folder.rglob("*"))
    for content in mutations(damaged.read_bytes(), seed=len(kind), number=number):
        damaged.write_bytes(content)
        for plan in _plans(BY_NAME[name], source):
            _register(conn, plan)
    assert set(folder.rglob("*")) == before


def _plans(format_: ImportFormat, source: Path) -> list[Plan]:
    """Read a source; anything raised but a refusal is a fault."""
    try:
        return [part for part in format_.read(source, Told()) if isinstance(part, Plan)]
    except Refused:
        return []


def _register(conn: psycopg.Connection, plan: Plan) -> None:
    """Register a plan, look that it is whole or absent, and take it back."""
    planned = {each.artifact_id for each in plan.artifacts} | {each.artifact_id for each in plan.models}
    planned |= {each.artifact_id for each in plan.evaluations}
    try:
        with conn.transaction(force_rollback=True):
            carry_out(plan, conn)
            assert _there(conn) == planned
    except Refused:
        pass
    assert _there(conn) == set()


def _there(conn: psycopg.Connection) -> set[str]:
    return {name for (name,) in conn.execute("SELECT id FROM artifacts")}
