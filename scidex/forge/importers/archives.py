"""Zip files of any author: names and sizes are checked before anything is read; nothing is unpacked to disk."""

import stat
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import Final

from scidex.forge.importers.refusals import Refused

_MOST_MEMBERS: Final = 1000
_MOST_BYTES: Final = 64 * 1024 * 1024
_BROKEN: Final = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    ValueError,
    NotImplementedError,
    RuntimeError,
)


class Archive:
    """An open zip file, whose members can be read by name."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        members = archive.infolist()
        if len(members) > _MOST_MEMBERS:
            raise Refused(
                "", f"it holds {len(members)} files; {_MOST_MEMBERS} are read", "give the model's own files"
            )
        for member in members:
            _check_name(member)
        self.names = frozenset(member.filename for member in members if not member.is_dir())
        total = sum(member.file_size for member in members)
        if total > _MOST_BYTES:
            raise Refused(
                "", f"its files have {total:,} bytes; {_MOST_BYTES:,} are read", "leave out all but the model"
            )

    def read(self, name: str) -> bytes:
        """Return the content of a member.

        Raises:
            Refused: there is no such member, or it is damaged, encrypted, or larger than declared.

        """
        if name not in self.names:
            raise Refused(name, "the archive names this file and does not hold it", "add the file")
        try:
            with self._archive.open(name) as member:
                content = member.read(_MOST_BYTES + 1)
        except _BROKEN as error:
            raise Refused(name, f"it cannot be unpacked: {error}", "make the archive again") from None
        if len(content) > _MOST_BYTES:
            raise Refused(name, f"it has more than {_MOST_BYTES:,} bytes", "leave out all but the model")
        return content


@contextmanager
def opened(path: Path) -> Iterator[Archive]:
    """Lend an open zip file.

    Raises:
        Refused: it is not a sound zip file, has too many or too large members, or a name leads out of it.

    """
    try:
        archive = zipfile.ZipFile(path)
    except _BROKEN as error:
        raise Refused("", f"it is not a sound zip file: {error}", "make the archive again") from None
    with archive:
        yield Archive(archive)


def _check_name(member: zipfile.ZipInfo) -> None:
    name = member.filename
    leads_out = PurePosixPath(name).is_absolute() or ".." in PurePosixPath(name).parts
    if leads_out or "\\" in name or ":" in name or "\0" in name:
        raise Refused(name, "this name leads out of the archive", "name files by paths within it")
    if stat.S_ISLNK(member.external_attr >> 16):
        raise Refused(name, "this is a link to another file", "put the file itself into the archive")
