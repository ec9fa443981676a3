"""Importers: they read models from files of other tools and register them.

Each format has one file, and ``formats.py`` lists them. An importer reads a path into plans (``plan.py``) without a
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
]  # fmt: skip  # as in the public module of the write side
