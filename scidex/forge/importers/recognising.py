"""Finds the sources in paths, and recognises the format of each by its content."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from scidex.forge.importers.plan import Glimpse, ImportFormat
from scidex.forge.importers.refusals import Refused

_HEAD_BYTES = 65_536
_MOST_NAMES = 10_000
_MOST_LEVELS = 16
_INSTEAD_OF_EVENTS = (
    "log with CSVLogger (of Lightning or Keras) or MLflow's autolog too, and import what that writes"
)
_INSTEAD_OF_WANDB = "import the run's folder with files/wandb-summary.json and files/config.yaml"


@dataclass(frozen=True, slots=True)
class Source:
    """A path and its format, or why it is not read."""

    path: Path
    format: ImportFormat | None
    refused: Refused | None = None


def glimpse(path: Path) -> Glimpse:
    """Return the content of a path by which formats are recognised.

    Raises:
        Refused: there is no such path, or it cannot be read.

    """
    try:
        if path.is_dir():
            names = frozenset(
                child.name for child, _ in zip(path.iterdir(), range(_MOST_NAMES), strict=False)
            )
            return Glimpse(path=path, is_folder=True, names=names)
        if not path.exists():
            raise Refused("", "there is no such file or folder", "check the path")
        if not path.is_file():
            raise Refused("", "this is neither a file nor a folder", "name a file or a folder")
        with path.open("rb") as opened:
            return Glimpse(path=path, is_folder=False, head=opened.read(_HEAD_BYTES))
    except OSError as error:
        raise Refused("", f"it cannot be read: {error.strerror or error}", "make it readable") from error


def recognise(path: Path, formats: Sequence[ImportFormat]) -> ImportFormat | None:
    """Return the first format that fits the content; None if none does. Raises as :func:`glimpse`."""
    seen = glimpse(path)
    return next((each for each in formats if each.recognises(seen)), None)


def sources(path: Path, formats: Sequence[ImportFormat]) -> Iterator[Source]:
    """Yield the sources under a path: the path itself if it is one, else those in the folder, by name.

    Files of unknown formats in a folder are skipped; a path without any source is refused. Links are not followed.
    """
    try:
        found = recognise(path, formats)
        if found is not None:
            yield Source(path, found)
            return
        inside = list(_inside(path, formats, 0)) if path.is_dir() else []
    except Refused as refused:
        yield Source(path, None, refused)
        return
    yield from inside or [Source(path, None, _binary_log(path) or _unknown(formats))]


def _inside(folder: Path, formats: Sequence[ImportFormat], level: int) -> Iterator[Source]:
    if level > _MOST_LEVELS:
        raise Refused(
            str(folder), f"folders nest more than {_MOST_LEVELS} deep", "name a folder further down"
        )
    for child, _ in zip(sorted(folder.iterdir()), range(_MOST_NAMES), strict=False):
        if child.is_symlink():  # it leads to another place, like W&B's latest-run
            continue
        try:
            found = recognise(child, formats)
        except Refused:  # a broken link or a socket, not meant as a source
            continue
        if found is not None:
            yield Source(child, found)
        elif child.is_dir():
            yield from _inside(child, formats, level + 1)


def _binary_log(path: Path) -> Refused | None:
    """Return a refusal of a log that only its own tool reads, with what to import instead; None for other files."""
    for one in (path, *(sorted(path.rglob("*"))[:_MOST_NAMES] if path.is_dir() else ())):
        if ".tfevents." in one.name:
            return Refused(one.name, "event files of TensorBoard are not read", _INSTEAD_OF_EVENTS)
        if one.suffix == ".wandb":
            return Refused(one.name, "the binary log of W&B is not read", _INSTEAD_OF_WANDB)
    return None


def _unknown(formats: Sequence[ImportFormat]) -> Refused:
    known = ", ".join(f"{each.name} ({each.title})" for each in formats)
    return Refused("", "it holds nothing of a known format", f"known are {known}; name one with --as")
