"""The run that made a model, by Process Run Crate 0.5 (https://w3id.org/ro/wfrun/process/0.5)."""

import re
from collections.abc import Iterator
from typing import Any, Final

from scidex.atlas._model_registry.contract.answers import ModelVersionEntry
from scidex.atlas._model_registry.exports.demanded import is_web_address
from scidex.atlas._model_registry.exports.plain_text import one_line
from scidex.atlas._model_registry.exports.record import Record

_MOMENT: Final = re.compile(r"(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?)(?:Z|\+00:00)")


def run_entities(record: Record) -> Iterator[dict[str, Any]]:
    """Yield the run that made the model and the code that it ran; nothing where no code is recorded."""
    version = record.model["model_version"]
    if version is None or not (version["code_repo_url"] or version["code_entrypoint"]):
        return
    code = _code(record, version)
    inputs = [{"@id": record.address_of(name)} for name in record.model["training_datasets"]]
    action: dict[str, Any] = {
        "@id": "#training",
        "@type": "CreateAction",
        "name": "Training of the model",
        "instrument": {"@id": code["@id"]},
        "result": {"@id": record.address},
    }
    if inputs:
        action["object"] = inputs[0] if len(inputs) == 1 else inputs
    action |= {
        name: moment
        for name, moment in (
            ("startTime", _moment(version["training_started_at"])),
            ("endTime", _moment(version["training_completed_at"])),
        )
        if moment
    }
    yield action
    yield code


def _code(record: Record, version: ModelVersionEntry) -> dict[str, Any]:
    repository, entry = version["code_repo_url"] or "", one_line(version["code_entrypoint"] or "")
    is_address = is_web_address(repository)
    return {
        "@id": repository if is_address else "#code",
        "@type": "SoftwareApplication",  # source code would have to be a file of the package
        "name": entry or one_line(repository),
        "version": version["code_commit_sha"] or "not recorded",
        # RO-Crate requires an address: without a repository it is that of the model's page, which names the code.
        "url": repository if is_address else record.address,
    }


def _moment(text: str | None) -> str | None:
    """Return a time in UTC with a written offset, which RO-Crate's validator requires; None for other texts."""
    found = _MOMENT.fullmatch(text or "")
    return f"{found[1]}+00:00" if found else None
