"""PEtab: a model in SBML, its estimated parameters, the measurements, and the simulated values."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from scidex.forge.importers import petab_tables, sbml
from scidex.forge.importers.digests import id_of_content, of_files
from scidex.forge.importers.documents import read_bytes
from scidex.forge.importers.petab_files import PetabProblem, problems, simulations
from scidex.forge.importers.plan import (
    Glimpse,
    ImportFormat,
    LeftOut,
    Missing,
    Plan,
    PlannedArtifact,
    PlannedEvaluation,
    PlannedModel,
    PlannedPart,
    Told,
)
from scidex.forge.importers.refusals import Refused
from scidex.forge.importers.xml_bounds import MOST_BYTES

_HEAD: Final = 65_536
_VERSION: Final = re.compile(rb"^format_version\s*:", re.MULTILINE)
_DATA: Final = re.compile(rb"\bmeasurement_files\s*:")
_YAML: Final = (".yaml", ".yml")
_NO_ANALYSIS: Final = Missing(
    "the analysis that estimated the parameters", "register it and import with --analysis ID"
)
_NO_SIMULATIONS: Final = Missing(
    "simulated values of the measurements",
    "write them beside the problem as simulations.tsv, one row for each measurement",
)
_ROWS: Final = LeftOut(
    "noise and observable parameters of single measurements", "formulas name them as placeholders"
)


def _is_problem(head: bytes) -> bool:
    return _VERSION.search(head) is not None and _DATA.search(head) is not None


def _recognises(seen: Glimpse) -> bool:
    return bool(_yaml_files(seen.path, seen.names)) if seen.is_folder else _is_problem(seen.head)


def _yaml_files(folder: Path, names: frozenset[str]) -> list[Path]:
    paths = [folder / name for name in sorted(names) if name.endswith(_YAML)]
    return [path for path in paths if path.is_file() and _is_problem(_head(path))]


def _head(path: Path) -> bytes:
    with path.open("rb") as opened:
        return opened.read(_HEAD)


def _read(path: Path, told: Told) -> Iterator[PlannedPart]:
    names = frozenset(child.name for child in path.iterdir()) if path.is_dir() else frozenset[str]()
    for each in _yaml_files(path, names) if path.is_dir() else [path]:
        try:
            for problem in problems(each):
                yield _plan(problem, str(each), told)
        except Refused as refusal:
            place = refusal.place if refusal.place.startswith(each.name) else f"{each.name} {refusal.place}"
            yield Refused(place.strip(), refusal.reason, refusal.remedy)


def _plan(problem: PetabProblem, source: str, told: Told) -> Plan:
    tables = problem.tables
    read = sbml.read_document(read_bytes(problem.model, most=MOST_BYTES))
    dataset = _dataset(problem, read, told)
    is_fitted = any(map(petab_tables.is_estimated, tables["parameter_files"]))
    model = _model(problem, read, dataset.artifact_id if is_fitted else None, told)
    evaluations, left_out = _evaluations(problem, model, dataset, is_fitted=is_fitted)
    return Plan(
        source=f"{source}: {problem.name}",
        format=FORMAT.name,
        artifacts=(dataset,),
        models=(model,),
        evaluations=evaluations,
        left_out=(
            *sbml.left_out(read),
            _ROWS,
            *(LeftOut(key, "not read") for key in problem.others),
            *left_out,
        ),
        missing=(*(() if told.analysis else (_NO_ANALYSIS,)), *(() if evaluations else (_NO_SIMULATIONS,))),
    )


def _dataset(problem: PetabProblem, read: dict[str, Any], told: Told) -> PlannedArtifact:
    tables = problem.tables
    files = {**problem.files["measurement_files"], **problem.files["condition_files"]}
    if not tables["measurement_files"]:
        raise Refused("measurement_files", "there are no measurements", "give the table of measurements")
    content_hash = of_files(files)
    return PlannedArtifact(
        artifact_id=id_of_content("dataset", "petab", content_hash),
        artifact_type="dataset",
        title=f"Measurements of {_title(problem, read)}",
        metadata={
            **petab_tables.data(tables["measurement_files"], tables["condition_files"]),
            "format": f"PEtab {problem.version}",
            "files": sorted(files),
        },
        content_hash=content_hash,
        attributes={"origin_type": told.origin_type, "created_by": "import petab"},
    )


def _title(problem: PetabProblem, read: dict[str, Any]) -> str:
    return str(read["title"]) or problem.folder.resolve().name


def _model(problem: PetabProblem, read: dict[str, Any], dataset: str | None, told: Told) -> PlannedModel:
    tables = problem.tables
    keys = ("parameter_files", "observable_files")
    files = {
        "model": problem.model,
        **{name: path for key in keys for name, path in problem.files[key].items()},
    }
    content_hash = of_files(files)
    told_dataset = (told.dataset,) if told.dataset else ()
    return PlannedModel(
        artifact_id=id_of_content("model", "petab", content_hash),
        title=_title(problem, read),
        model_family="biophysical",
        metadata={
            **read["metadata"],
            "parameters": petab_tables.parameters(tables["parameter_files"], read["metadata"]["parameters"]),
            "observables": petab_tables.observables(tables["observable_files"]),
            "provenance": sbml.stated_source(read, problem.name),
        },
        content_hash=content_hash,
        trained_on=(dataset,) if dataset else told_dataset,
        produced_by=(told.analysis,) if told.analysis else (),
        model_version=sbml.version_of(read, told),
        attributes={
            "origin_type": told.origin_type,
            "origin_url": read["address"],
            "created_by": "import petab",
        },
    )


def _evaluations(
    problem: PetabProblem, model: PlannedModel, dataset: PlannedArtifact, *, is_fitted: bool
) -> tuple[tuple[PlannedEvaluation, ...], tuple[LeftOut, ...]]:
    """Return the evaluation by the simulations beside a fitted problem, or why there is none."""
    found = simulations(problem) if is_fitted else None
    if found is None:
        return (), ()
    name, rows = found
    try:
        unit = model.metadata.get("time_unit")
        columns = petab_tables.predictions(
            problem.tables["measurement_files"], rows, unit if isinstance(unit, str) else None
        )
    except Refused as refusal:
        return (), (LeftOut(name, refusal.reason),)
    digest = of_files(
        {"model": problem.model, "simulations": problem.folder / name, **problem.files["measurement_files"]}
    )
    planned = PlannedEvaluation(
        artifact_id=id_of_content("evaluation", "petab", digest),
        title=f"Simulations of {model.title}",
        model=model.artifact_id,
        dataset=dataset.artifact_id,
        metadata={**columns, "file": name},
        attributes=dataset.attributes,
    )
    return (planned,), ()


FORMAT: Final = ImportFormat(name="petab", title="PEtab problem", recognises=_recognises, read=_read)
