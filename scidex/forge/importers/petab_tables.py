"""The model and the data in the tables of a PEtab problem."""

import math
from collections import Counter
from collections.abc import Mapping
from typing import Any, Final, TypeAlias

from scidex.forge.importers.documents import number
from scidex.forge.importers.petab_files import PetabRow, PetabTable
from scidex.forge.importers.refusals import Refused, shown

_MOST_CONDITIONS: Final = 1000
_MOST_SAMPLES: Final = 100_000
_MOST_PREDICTED: Final = 20_000
_CONDITIONS: Final = ("preequilibrationConditionId", "simulationConditionId", "experimentId")
_NAMING: Final = ("observableId", *_CONDITIONS, "datasetId", "replicateId")
_ROUNDING: Final = 1e-6
_Key: TypeAlias = tuple[tuple[str, ...], float | None]
_OPEN: Final = frozenset({"", "inf", "-inf", "infinity", "-infinity", "nan"})
_OBSERVABLE: Final = {
    "name": "observableName",
    "formula": "observableFormula",
    "noise": "noiseFormula",
    "transformation": "observableTransformation",
    "distribution": "noiseDistribution",
}


def parameters(table: PetabTable, of_model: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Return the model's parameters with the table's value, bounds, scale, and whether each is estimated.

    Parameters that only the table has, such as those of noise, are added without a unit.
    """
    found = {name: dict(entry) for name, entry in of_model.items()}
    for row in table:
        name = row["parameterId"].strip()
        if not name:
            raise Refused("parameterId", "a row names no parameter", "name it")
        found[name] = _parameter(name, row, found.get(name, {"value": None, "units": None}))
    return found


def _parameter(name: str, row: PetabRow, entry: dict[str, Any]) -> dict[str, Any]:
    nominal = _value(name, row, "nominalValue")
    if nominal is not None:
        entry = {
            key: value for key, value in entry.items() if key not in ("initial_assignment", "expression")
        }
        entry["value"] = nominal
    lower, upper = _value(name, row, "lowerBound"), _value(name, row, "upperBound")
    if entry["value"] is None or lower is not None or upper is not None:
        entry |= {"lower": lower, "upper": upper}
    entry["estimated"] = is_estimated(row)
    if scale := row.get("parameterScale", "").strip():
        entry["scale"] = scale
    prior = [
        row.get(f"objectivePrior{part}", "") or row.get(f"prior{part}", "") for part in ("Type", "Parameters")
    ]
    if prior[0].strip():
        entry["prior"] = " ".join(prior).strip()
    return entry


def is_estimated(row: PetabRow) -> bool:
    """Return whether a row of the parameter table declares an estimate."""
    return row.get("estimate", "").strip().lower() in ("1", "1.0", "true")


def _value(name: str, row: PetabRow, column: str) -> float | None:
    text = (row.get(column) or "").strip()
    read = number(text)
    if read is None and text.lower() not in _OPEN:
        raise Refused(f"{column} of {name}", f"{shown(text)} is not a number", "give a number")
    return read


def observables(table: PetabTable) -> dict[str, dict[str, str]]:
    """Return formula, noise, transformation and distribution of the observables, by id."""
    return {
        row["observableId"]: {
            key: text for key, column in _OBSERVABLE.items() if (text := (row.get(column) or "").strip())
        }
        for row in table
        if row["observableId"].strip()
    }


def data(measurements: PetabTable, conditions: PetabTable) -> dict[str, Any]:
    """Return the metadata of the dataset: rows by observable, settings of conditions, ids of samples."""
    metadata: dict[str, Any] = {
        "rows": len(measurements),
        "observables": dict(Counter(row["observableId"] for row in measurements)),
    }
    if 0 < len(conditions) <= _MOST_CONDITIONS:
        metadata["conditions"] = [
            {key: value for key, value in row.items() if key and value} for row in conditions
        ]
    if 0 < len(measurements) <= _MOST_SAMPLES:
        metadata["sample_ids"] = sample_ids(measurements)
    return metadata


def sample_ids(measurements: PetabTable) -> list[str]:
    """Return an id of each measurement: observable, condition, time, and its number among those that share them."""
    seen: Counter[str] = Counter()
    ids = []
    for row in measurements:
        name = " ".join([series(row), row["time"].strip()])[:180]
        seen[name] += 1
        ids.append(name if seen[name] == 1 else f"{name} #{seen[name]}")
    return ids


def series(row: PetabRow) -> str:
    """Return the name of a measurement's series: the observable with its conditions."""
    return " ".join(filter(None, (row.get(key, "").strip() for key in ("observableId", *_CONDITIONS))))[:150]


def predictions(measurements: PetabTable, simulated: PetabTable, time_unit: str | None) -> dict[str, Any]:
    """Return the columns of an evaluation: measured and simulated values.

    Raises:
        Refused: there are too many rows, or the simulations are not of these measurements.

    """
    values = _simulated(measurements, simulated)
    rows = zip(measurements, sample_ids(measurements), values, strict=True)
    kept = [
        (row, sample, observed, predicted)
        for row, sample, predicted in rows
        if (observed := number(row["measurement"])) is not None and predicted is not None
    ]
    if not 0 < len(kept) <= _MOST_PREDICTED:
        reason = f"{len(kept)} measurements have a simulated value"
        raise Refused("simulations", reason, f"give between 1 and {_MOST_PREDICTED:,}")
    times = [number(row["time"]) for row, *_ in kept]
    columns: dict[str, Any] = {
        "split": "train",
        "task": "regression",
        "observed": [observed for _, _, observed, _ in kept],
        "predicted": [predicted for *_, predicted in kept],
        "sample": [sample for _, sample, *_ in kept],
        "group": [series(row) for row, *_ in kept],
    }
    if None not in times:  # steady states have the time inf
        columns["x"] = {"name": "time", "unit": time_unit, "values": times}
    return columns


def _simulated(measurements: PetabTable, simulated: PetabTable) -> list[float | None]:
    """Return the simulated value of each measurement: row by row, else by observable, time and conditions."""
    columns = [key for key in _NAMING if key in measurements[0] and key in simulated[0]]
    keys, simulated_keys = ([_key(row, columns) for row in table] for table in (measurements, simulated))
    values = [number(row["simulation"]) for row in simulated]
    if len(keys) == len(simulated_keys) and all(map(_agree, keys, simulated_keys)):
        return values
    by_key: dict[_Key, set[float | None]] = {}
    for key, value in zip(simulated_keys, values, strict=True):
        by_key.setdefault(key, set()).add(value)
    lost = [names for names, time in keys if len(by_key.get((names, time), ())) != 1]
    if lost:
        reason = f"{len(lost)} measurements have no simulated value, or several, such as one of {' '.join(lost[0])}"
        raise Refused(
            "simulations", reason, "simulate each measurement once, in the order of the measurements"
        )
    return [next(iter(by_key[key])) for key in keys]


def _key(row: PetabRow, columns: list[str]) -> _Key:
    return tuple(row[key].strip() for key in columns), number(row.get("time", ""))


def _agree(key: _Key, other: _Key) -> bool:
    """Return whether two rows are of one observation, within the rounding of times in tables."""
    (names, time), (other_names, other_time) = key, other
    if names != other_names or time is None or other_time is None:
        return key == other
    return math.isclose(time, other_time, rel_tol=_ROUNDING, abs_tol=_ROUNDING)
