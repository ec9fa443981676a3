"""Ask a server on the demo what the reference shows: ``python -m tests.integration.answered http://127.0.0.1:8000``."""

import json
import sys
from typing import Any

from scidex.core.answered import ANSWERS, shortened
from tests.serving import http

ASKED = {
    "health": "/health",
    "list_models": "/api/models?family=biophysical&metric=test_r2>0.8&sort=metric:test_r2&limit=2",
    "compare_models": "/api/models/compare?ids=model-puromycin-treated-v1,model-puromycin-treated-v2",
    "get_model_detail": "/api/models/model-theophylline-mean-curve-v1",
    "get_artifact": "/api/artifacts/dataset-theophylline-train",
    "get_impact": "/api/artifacts/dataset-theophylline-train/impact?limit=2",
}


def ask(server: str, operation: str) -> Any:
    """Return what a server answers, shortened as the reference shows it."""
    answer = http.get(server + ASKED[operation])
    answer.raise_for_status()
    return shortened(answer.json())


if __name__ == "__main__":
    answers = {name: {"path": path, "answer": ask(sys.argv[1], name)} for name, path in ASKED.items()}
    ANSWERS.write_text(json.dumps(answers, ensure_ascii=False, indent=1) + "\n")
