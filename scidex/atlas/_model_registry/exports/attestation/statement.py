"""The statement: in-toto v1 with SLSA provenance v1 (https://in-toto.io/Statement/v1, https://slsa.dev/provenance/v1).

Its subjects are the files of the package. No level of SLSA is claimed.
"""

import hashlib
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from scidex.atlas._model_registry.exports.crate.package import enclosed_files
from scidex.atlas._model_registry.exports.demanded import sha256_of
from scidex.atlas._model_registry.exports.record import Record


def in_toto_statement(record: Record, moment: datetime) -> dict[str, Any]:
    """Return the statement that is signed; ``moment`` is the time of the verdict, in UTC.

    Raises:
        InvalidQuery: the model cannot be packed, because no date is registered for it.

    """
    return {
        "_type": "https://in-toto.io/Statement/v1",
        "subject": [
            {"name": name, "digest": {"sha256": hashlib.sha256(content).hexdigest()}}
            for name, content in enclosed_files(record).items()
        ],
        "predicateType": "https://slsa.dev/provenance/v1",
        "predicate": {
            "buildDefinition": {
                "buildType": f"{record.base}/docs#model",
                "externalParameters": {"model": record.model["id"], "address": record.address},
                "resolvedDependencies": list(_inputs(record)),
            },
            "runDetails": {"builder": {"id": record.base}},
            # SLSA asks extensions to prefix their names.
            "scidex_verdict": _verdict(record, moment),
        },
    }


def _inputs(record: Record) -> Iterator[dict[str, Any]]:
    """Yield the inputs of the model, with the digest of the pin where that is a SHA-256."""
    for item in record.model["provenance"]["inputs"]:
        digest = sha256_of(item["pinned_hash"])
        yield {
            "uri": record.address_of(item["artifact_id"]),
            "name": item["artifact_id"],
            **({"digest": {"sha256": digest}} if digest else {}),
            "annotations": {"status": item["status"], "pinnedVersion": item["pinned_version"]},
        }


def _verdict(record: Record, moment: datetime) -> dict[str, Any]:
    model = record.model
    provenance = model["provenance"]
    return {
        "at": moment.isoformat(timespec="seconds"),
        "complete": provenance["complete"],
        "rules": [
            {name: rule[name] for name in ("rule", "required", "satisfied", "message")}
            for rule in provenance["rules"]
        ],
        "cap": provenance["cap"],
        "qualityScore": model["quality_score"],
        "qualityScoreStored": model["quality_score_stored"],
        "standing": model["standing"],
    }
