"""Licences and publications by their addresses in files."""

import re
from typing import Final

DOI: Final = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi:)?(?P<doi>10\.\d{4,9}/\S+)", re.IGNORECASE)
_LICENCES: Final = (
    (re.compile(r"creativecommons\.org/publicdomain/zero/1\.0"), "CC0-1.0"),
    (re.compile(r"creativecommons\.org/licenses/(by(?:-nc)?(?:-sa|-nd)?)/([1-4]\.[05])"), "CC-{}-{}"),
    (re.compile(r"opensource\.org/licenses/(?:MIT|mit-license)"), "MIT"),
    (re.compile(r"gnu\.org/licenses/gpl-3\.0"), "GPL-3.0-only"),
)
_SPDX: Final = re.compile(r"\bspdx(?:\.org/licenses/|:)([A-Za-z0-9](?:[A-Za-z0-9.+-]*[A-Za-z0-9+])?)")


def licence(text: str) -> str | None:
    """Return the SPDX id of the licence whose address is in a text; None without one."""
    for pattern, name in _LICENCES:
        if match := pattern.search(text):
            return name.format(*(part.upper() for part in match.groups()))
    return match[1] if (match := _SPDX.search(text)) else None
