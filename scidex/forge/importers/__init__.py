"""Doors in: models that other tools wrote, read from their files and registered.

One file for each format, and one table of them (``formats.py``). Each reads a path into plans (``plan.py``) without a
database; ``carry_out`` registers a plan whole or not at all. Nothing is unpickled, run or fetched.
"""

from scidex.forge.importers.carrying_out import Outcome, carry_out
from scidex.forge.importers.formats import BY_NAME, FORMATS
from scidex.forge.importers.importing import ReportLine, import_paths
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
from scidex.forge.importers.report import report

__all__ = [
    "BY_NAME",
    "FORMATS",
    "Glimpse",
    "ImportFormat",
    "LeftOut",
    "Missing",
    "Outcome",
    "Plan",
    "PlannedArtifact",
    "PlannedEvaluation",
    "PlannedModel",
    "PlannedPart",
    "Refused",
    "ReportLine",
    "Told",
    "carry_out",
    "import_paths",
    "report",
]  # fmt: skip  # as in the write side's face
