"""COMBINE archives: a zip file with a manifest that tells which files are models."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Final
from xml.etree import ElementTree as ET  # only for text that was checked for document types and depth

from scidex.forge.importers.archives import Archive, opened
from scidex.forge.importers.omex_metadata import NAME as METADATA
from scidex.forge.importers.omex_metadata import Said, said_in, with_metadata
from scidex.forge.importers.plan import Glimpse, ImportFormat, LeftOut, PlannedPart, Told
from scidex.forge.importers.refusals import Refused
from scidex.forge.importers.sbml import model_plan
from scidex.forge.importers.xml_bounds import checked_xml

_MANIFEST: Final = "manifest.xml"
_CONTENT: Final = "{http://identifiers.org/combine.specifications/omex-manifest}content"
_OF_THE_ARCHIVE: Final = ("omex-manifest", "/omex")


@dataclass(frozen=True, slots=True)
class Content:
    """A line of the manifest: a file by its name within the archive, and its format as a web address."""

    name: str
    format: str

    @property
    def is_sbml(self) -> bool:
        """Whether the manifest declares it SBML."""
        return "/sbml" in self.format.lower()


def manifest(archive: Archive) -> list[Content]:
    """Return the lines of the manifest.

    Raises:
        Refused: there is none, or it cannot be read.

    """
    root = ET.fromstring(checked_xml(archive.read(_MANIFEST)))  # noqa: S314 - checked
    return [
        Content(str(PurePosixPath(each.get("location", ""))), each.get("format", ""))
        for each in root.iter(_CONTENT)
    ]


def models(archive: Archive) -> Iterator[Content]:
    """Yield the files that are SBML models.

    Raises:
        Refused: the manifest cannot be read, or lists none.

    """
    found = [content for content in manifest(archive) if content.is_sbml]
    if not found:
        raise Refused(_MANIFEST, "it lists no SBML model", "list each model with the format of SBML")
    yield from found


def others(archive: Archive) -> tuple[LeftOut, ...]:
    """Return the files other than models: simulations, pictures, descriptions."""
    return tuple(
        LeftOut(
            content.name, f"only SBML is read; this is {content.format.rpartition('/')[2] or 'of no format'}"
        )
        for content in manifest(archive)
        if not content.is_sbml
        and content.name not in (".", _MANIFEST, METADATA)
        and not content.format.endswith(_OF_THE_ARCHIVE)
    )


def _is_omex(seen: Glimpse) -> bool:
    if seen.is_folder or not seen.head.startswith(b"PK"):
        return False
    try:
        with opened(seen.path) as archive:
            return _MANIFEST in archive.names
    except Refused:
        return seen.path.suffix.lower() == ".omex"


def _read(path: Path, told: Told) -> Iterator[PlannedPart]:
    with opened(path) as archive:
        metadata, unread = _metadata(archive)
        left_out = (*others(archive), *unread)
        for content in models(archive):
            try:
                plan = model_plan(archive.read(content.name), f"{path}: {content.name}", content.name, told)
            except Refused as refusal:
                yield Refused(f"{content.name} {refusal.place}".strip(), refusal.reason, refusal.remedy)
            else:
                whole = replace(plan, format=FORMAT.name, left_out=(*plan.left_out, *left_out))
                yield with_metadata(whole, content.name, metadata)


def _metadata(archive: Archive) -> tuple[Mapping[str, Said], tuple[LeftOut, ...]]:
    """Return the metadata; where it cannot be read, it is left out, as the models do not need it."""
    try:
        return said_in(archive), ()
    except Refused as refusal:
        return {}, (LeftOut(METADATA, f"it cannot be read: {refusal.reason}"),)


FORMAT: Final = ImportFormat(name="omex", title="COMBINE archive", recognises=_is_omex, read=_read)
