"""What a start loads: no web framework where nothing is served, no numpy without evaluations."""

import subprocess
import sys
from pathlib import Path

_PROGRAM = """
import sys
import scidex.commands.program
print("fastapi" in sys.modules)
import api
print("numpy" in sys.modules)
"""


def test_starting_loads_neither_a_web_framework_for_commands_nor_numpy() -> None:
    root = Path(__file__).parents[3]
    run = subprocess.run(
        [sys.executable, "-c", _PROGRAM], cwd=root, check=True, capture_output=True, text=True
    )
    assert run.stdout.split() == ["False", "False"]
