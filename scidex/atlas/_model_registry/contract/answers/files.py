"""An answer that is a file."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """A model or a comparison in one format, as a file."""

    media_type: str
    file_name: str
    content: bytes
