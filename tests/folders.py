"""Folders of a test's own that every account can enter: where root runs the tests, PostgreSQL runs as somebody else."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory


@contextmanager
def open_folder(prefix: str) -> Iterator[Path]:
    """Make an empty folder, for which pytest's own ``tmp_path`` is too private; it goes with what is in it."""
    with TemporaryDirectory(prefix=prefix) as name:
        folder = Path(name)
        folder.chmod(0o755)
        yield folder
