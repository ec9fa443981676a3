"""Serving without evaluations never loads numpy."""

import subprocess
import sys
from pathlib import Path


def test_starting_loads_no_numpy() -> None:
    program = "import sys, api; sys.exit('numpy' in sys.modules)"
    root = Path(__file__).parents[3]
    assert subprocess.run([sys.executable, "-c", program], cwd=root, check=False).returncode == 0
