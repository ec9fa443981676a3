"""The table of formats, in the order in which a path is tried."""

from collections.abc import Mapping

from scidex.forge.importers import (
    huggingface_card,
    keras_history,
    lightning_logs,
    mlflow,
    omex,
    petab,
    sbml,
    scidex_record,
    wandb_run,
)
from scidex.forge.importers.plan import ImportFormat

FORMATS: tuple[ImportFormat, ...] = (
    scidex_record.FORMAT,
    wandb_run.FORMAT,
    lightning_logs.FORMAT,
    keras_history.FORMAT,
    mlflow.FORMAT,
    huggingface_card.FORMAT,
    petab.FORMAT,
    sbml.FORMAT,
    omex.FORMAT,
)

BY_NAME: Mapping[str, ImportFormat] = {each.name: each for each in FORMATS}
