"""Ask a server on the demo what the reference shows: ``python -m tests.integration.answered http://127.0.0.1:8000``."""

import json
import sys
from typing import Any

from scidex.core.answered import ANSWERS, LOCAL, TEXTS
from tests.serving import http

ASKED = {
    "health": "/health",
    "list_models": "/api/models?family=biophysical&metric=test_r2>0.8&sort=metric:test_r2&limit=2",
    "compare_models": "/api/models/compare?ids=model-puromycin-treated-v1,model-puromycin-treated-v2",
    "get_model_detail": "/api/models/model-theophylline-mean-curve-v1",
    "get_artifact": "/api/artifacts/dataset-theophylline-train",
    "get_impact": "/api/artifacts/dataset-theophylline-train/impact?limit=2",
}

# Addresses that answer no JSON, each with what it returns.
ASKED_TEXTS = {
    "/models.atom?family=biophysical&q=puromycin": (
        "The newest models that match, as an Atom feed (RFC 4287) of at most 50 entries, for feed readers. It takes "
        "the filters of GET /api/models, with q, metric and where."
    ),
    "/.well-known/scidex-signing-key.pem": (
        "The public key that verifies attestations (format=attestation), as PEM; 404 if the operator has set no "
        "SCIDEX_SIGNING_KEY, as here."
    ),
}
_KEPT = 2
_ENTRIES = 1


def ask_text(server: str, path: str) -> str:
    """Return the text that a server answers; of a feed the head and the first entry, each tag on a line of its own."""
    text = http.get(server + path).text.replace(server, LOCAL)
    head, *entries = text.split("<entry>")
    if not entries:
        return text
    shown = "<entry>".join([head, *entries[:_ENTRIES]]) + "…</feed>"
    return shown.replace("><", ">\n<")


def ask(server: str, operation: str) -> Any:
    """Return what a server answers, with its lists cut to two entries each, as the reference shows it."""
    answer = http.get(server + ASKED[operation])
    answer.raise_for_status()
    return _shortened(answer.json())


def _shortened(answer: Any) -> Any:
    if isinstance(answer, dict):
        return {key: _shortened(value) for key, value in answer.items()}
    return [_shortened(value) for value in answer[:_KEPT]] if isinstance(answer, list) else answer


if __name__ == "__main__":
    answers = {name: {"path": path, "answer": ask(sys.argv[1], name)} for name, path in ASKED.items()}
    texts = [
        {"path": path, "description": returns, "answer": ask_text(sys.argv[1], path)}
        for path, returns in ASKED_TEXTS.items()
    ]
    TEXTS.write_text(json.dumps(texts, ensure_ascii=False, indent=1) + "\n")
    ANSWERS.write_text(json.dumps(answers, ensure_ascii=False, indent=1) + "\n")
