"""Doors in: models that other tools wrote, read from their files and registered.

One file for each format, and one table of them (``formats.py``). Each reads a path into plans (``plan.py``) without a
database; ``carry_out`` registers a plan whole or not at all. Nothing is unpickled, run or fetched.
"""

from scidex.forge.importers.carrying_out import Outcome, carry_out
from scidex.forge.importers.formats import BY_NAME, FORMATS
from scidex.forge.importers.importing import Line, import_paths
from scidex.forge.importers.plan import (
    Format,
    Glimpse,
    LeftOut,
    Missing,
    Part,
    Plan,
    PlannedArtifact,
    PlannedEvaluation,
    PlannedModel,
    Told,
)
from scidex.forge.importers.refusals import Refused
from scidex.forge.importers.report import report

__all__ = [
    "BY_NAME", "FORMATS", "Format", "Glimpse", "LeftOut", "Line", "Missing", "Outcome", "Part", "Plan",
    "PlannedArtifact", "PlannedEvaluation", "PlannedModel", "Refused", "Told", "carry_out", "import_paths", "report",
]  # fmt: skip  # as in the write side's face
