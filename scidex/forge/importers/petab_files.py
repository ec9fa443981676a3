"""The files of a PEtab problem: the names in its YAML, and their tables."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, TypeAlias

from scidex.forge.importers.documents import read_csv
from scidex.forge.importers.refusals import Refused, shown
from scidex.forge.importers.yaml_documents import read_yaml

PetabRow: TypeAlias = Mapping[str, str]
PetabTable: TypeAlias = Sequence[PetabRow]

_VERSIONS: Final = ("1", "1.0", "1.0.0", "2", "2.0", "2.0.0")
_MOST_ROWS: Final = 100_000
# Tables by the key of their files, with their required columns.
_NEEDED: Final[Mapping[str, tuple[str, ...]]] = {
    "parameter_files": ("parameterId",),
    "observable_files": ("observableId", "observableFormula"),
    "measurement_files": ("observableId", "measurement", "time"),
    "condition_files": ("conditionId",),
}
_LEFT: Final = ("visualization_files", "experiment_files", "mapping_files", "extensions")


@dataclass(frozen=True, slots=True, kw_only=True)
class PetabProblem:
    """One problem: the file of its model, its tables by the key of the YAML, and its other files."""

    name: str
    version: str
    folder: Path
    model: Path
    files: Mapping[str, Mapping[str, Path]]
    tables: Mapping[str, PetabTable]
    others: tuple[str, ...]


def problems(path: Path) -> Iterator[PetabProblem]:
    """Yield the problems of a YAML file.

    Raises:
        Refused: it is not a PEtab problem, a file is missing or outside its folder, or a table is unsound.

    """
    document = _object(path.name, read_yaml(path))
    version = str(document.get("format_version"))
    if version not in _VERSIONS:
        given = document.get("format_version")
        reason = "there is no format_version" if given is None else f"format_version is {shown(given)}"
        raise Refused(path.name, reason, f"give a problem of PEtab {_VERSIONS[0]} or {_VERSIONS[-1]}")
    listed = document.get("problems", [document])
    if not isinstance(listed, list) or not listed:
        raise Refused(
            f"{path.name} problems", f"{shown(listed)} is not a list of problems", "list the problem's files"
        )
    parameters = document.get("parameter_file", document.get("parameter_files"))
    for number, each in enumerate(listed, 1):
        named = {**_object(f"{path.name} problems", each), "parameter_files": parameters}
        name = path.name if len(listed) == 1 else f"{path.name} problem {number}"
        yield _problem(path, name, version, named)


def _problem(path: Path, name: str, version: str, named: Mapping[str, Any]) -> PetabProblem:
    files = {key: _files(path, key, named.get(key)) for key in _NEEDED}
    return PetabProblem(
        name=name,
        version=version,
        folder=path.parent,
        model=_model(path, named),
        files=files,
        tables={key: _table(key, files[key]) for key in _NEEDED},
        others=tuple(key for key in _LEFT if named.get(key)),
    )


def _model(path: Path, named: Mapping[str, Any]) -> Path:
    """Return the only SBML file, in ``sbml_files`` or in ``model_files`` with their languages."""
    given = named.get("sbml_files")
    if given is None:
        models = _object(f"{path.name} model_files", named.get("model_files"))
        described = [_object(f"{path.name} model_files", each) for each in models.values()]
        others = [each.get("language") for each in described if each.get("language") != "sbml"]
        if others:
            reason = f"a model is written in {shown(others[0])}"
            raise Refused(f"{path.name} model_files", reason, "only models in SBML are read")
        given = [each.get("location") for each in described]
    found = list(_files(path, "sbml_files", given).values())
    if len(found) != 1:
        raise Refused(
            f"{path.name} sbml_files", f"it names {len(found)} models", "give a problem with one model"
        )
    return found[0]


def _files(path: Path, key: str, given: object) -> dict[str, Path]:
    names = [given] if isinstance(given, str) else given if isinstance(given, list) else []
    return {str(name): inside(path.parent, f"{path.name} {key}", name) for name in names}


def inside(folder: Path, place: str, name: object) -> Path:
    """Return a file in the folder or below. Raises :class:`Refused` for any other."""
    if not isinstance(name, str) or not name.strip() or "\0" in name or len(name) > 1000:  # noqa: PLR2004 - no path
        raise Refused(place, f"{shown(name)} is not the name of a file", "name a file beside the problem")
    root, found = folder.resolve(), (folder / name).resolve()
    if "://" in name or not found.is_relative_to(root):
        reason = f"{shown(name)} is not beside the problem; nothing is fetched"
        raise Refused(place, reason, "put the file into the folder of the problem")
    return found


def _table(key: str, files: Mapping[str, Path]) -> PetabTable:
    rows: list[PetabRow] = []
    for name, path in files.items():
        for number, (_, row) in enumerate(read_csv(path, delimiter="\t")):
            if not number and (lost := [each for each in _NEEDED[key] if each not in row]):
                raise Refused(
                    name, f"it has no column {lost[0]}", f"give the table of {key} as PEtab defines it"
                )
            if len(rows) == _MOST_ROWS:
                raise Refused(name, f"it has more than {_MOST_ROWS:,} rows", "give a smaller problem")
            rows.append(row)
    return rows


def simulations(problem: PetabProblem) -> tuple[str, PetabTable] | None:
    """Return the name and content of the only table of simulations beside a problem; None for none or several."""
    beside = sorted(problem.folder.glob("*imul*.tsv"))[:10]
    found = [(path.name, _rows(path)) for path in beside]
    simulated = [
        (name, rows) for name, rows in found if rows and "simulation" in rows[0] and "observableId" in rows[0]
    ]
    return simulated[0] if len(simulated) == 1 else None


def _rows(path: Path) -> PetabTable:
    try:
        return [row for (_, row), _ in zip(read_csv(path, delimiter="\t"), range(_MOST_ROWS), strict=False)]
    except Refused:  # the problem does not name it, so the problem is not refused
        return []


def _object(place: str, document: object) -> dict[str, Any]:
    if not isinstance(document, dict):
        raise Refused(place, f"{shown(document)} is not an object", "give it as PEtab defines it")
    return {str(key): value for key, value in document.items()}
