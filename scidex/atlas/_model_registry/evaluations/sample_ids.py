"""The ids of a dataset's samples, which make overlap and leakage decidable by rows."""

from scidex.atlas._model_registry.evaluations.bounds import MOST_SAMPLE_ID_BYTES, MOST_SAMPLE_IDS
from scidex.atlas._model_registry.evaluations.faults import Faults
from scidex.atlas._model_registry.evaluations.values import labels, unique
from scidex.atlas._model_registry.records.evaluations import EvaluationFault

_PATH = "metadata.sample_ids"


def read_sample_ids(given: object) -> tuple[tuple[str, ...] | None, tuple[EvaluationFault, ...]]:
    """Return the ids, or None and the faults: at most 100,000 texts of 4 MB, each once."""
    faults = Faults()
    if not isinstance(given, list):
        faults.add(_PATH, given, "give a list of texts")
    elif len(given) > MOST_SAMPLE_IDS:
        faults.add(_PATH, f"{len(given)} ids", f"give at most {MOST_SAMPLE_IDS}")
    else:
        ids = labels(_PATH, given, None, faults)
        unique(_PATH, ids, faults)
        size = sum(len(one.encode()) for one in ids or ())
        if size > MOST_SAMPLE_ID_BYTES:
            faults.add(_PATH, f"{size} bytes", f"give at most {MOST_SAMPLE_ID_BYTES}")
        if not faults.found:
            return ids, ()
    return None, tuple(faults.found)
