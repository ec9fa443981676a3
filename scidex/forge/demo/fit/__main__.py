"""``python -m scidex.forge.demo.fit``: fit every demo model anew and write ``registry.json``."""

import sys
import time

from scidex.forge.demo.fit.document import PATH, document, text


def _announce(number: int, steps: int, name: str) -> None:
    print(f"step {number} of {steps}: {name}", file=sys.stderr, flush=True)  # noqa: T201 - a command's progress


def main() -> None:
    """Fit all models, write the file, and print a summary."""
    started = time.monotonic()
    content = document(_announce)
    PATH.write_text(text(content), encoding="utf-8", newline="\n")
    models = sum(entry["artifact_type"] == "model" for entry in content["artifacts"])
    seconds = time.monotonic() - started
    summary = f"{models} models among {len(content['artifacts'])} artifacts in {seconds:.0f} s: {PATH}"
    print(summary, file=sys.stderr)  # noqa: T201 - a command's answer


if __name__ == "__main__":
    main()
