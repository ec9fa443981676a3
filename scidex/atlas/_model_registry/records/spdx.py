"""Licences that models and their data are published under, by their SPDX identifier; source: spdx.org/licenses."""

import re
from typing import Final

_IDS: Final = """
0BSD AAL AFL-3.0 AGPL-3.0 AGPL-3.0-only AGPL-3.0-or-later Apache-1.1 Apache-2.0 Artistic-1.0 Artistic-2.0
BSD-1-Clause BSD-2-Clause BSD-2-Clause-Patent BSD-3-Clause BSD-3-Clause-Clear BSD-3-Clause-LBNL BSD-4-Clause BSL-1.0
BUSL-1.0 BUSL-1.1 C-UDA-1.0 CC-BY-1.0 CC-BY-2.0 CC-BY-2.5 CC-BY-3.0 CC-BY-4.0 CC-BY-NC-1.0 CC-BY-NC-2.0 CC-BY-NC-3.0
CC-BY-NC-4.0 CC-BY-NC-ND-3.0 CC-BY-NC-ND-4.0 CC-BY-NC-SA-3.0 CC-BY-NC-SA-4.0 CC-BY-ND-3.0 CC-BY-ND-4.0 CC-BY-SA-2.0
CC-BY-SA-3.0 CC-BY-SA-4.0 CC-PDDC CC0-1.0 CDDL-1.0 CDDL-1.1 CDLA-Permissive-1.0 CDLA-Permissive-2.0 CDLA-Sharing-1.0
CECILL-2.0 CECILL-2.1 CECILL-B CECILL-C CPL-1.0 ECL-2.0 EFL-2.0 EPL-1.0 EPL-2.0 ETALAB-2.0 EUPL-1.1 EUPL-1.2 GFDL-1.3
GPL-1.0-or-later GPL-2.0 GPL-2.0-only GPL-2.0-or-later GPL-3.0 GPL-3.0-only GPL-3.0-or-later ISC LGPL-2.0-or-later
LGPL-2.1 LGPL-2.1-only LGPL-2.1-or-later LGPL-3.0 LGPL-3.0-only LGPL-3.0-or-later LPPL-1.3c MIT MIT-0 MPL-1.1 MPL-2.0
MS-PL MS-RL MulanPSL-2.0 NCSA NLOD-2.0 ODbL-1.0 ODC-By-1.0 OFL-1.1 OGL-Canada-2.0 OGL-UK-3.0 OSL-3.0 PDDL-1.0
PostgreSQL PSF-2.0 Python-2.0 UPL-1.0 Unlicense W3C WTFPL X11 ZPL-2.1 Zlib
"""
_BY_LOWER_CASE: Final = {name.lower(): name for name in _IDS.split()}
_JOINT: Final = re.compile(r" (AND|OR) ")
_OWN: Final = re.compile(r"LicenseRef-[A-Za-z0-9.-]{1,100}")
_EXCEPTION: Final = re.compile(r"[A-Za-z0-9.-]{1,100}")
_LONGEST: Final = 200


def spdx_of(text: str) -> str | None:
    """Return an SPDX id, or an expression of several, as SPDX writes it; None where the text is neither.

    Ids are those of the table, in any case, and ``LicenseRef-…``. Brackets in expressions are not read.
    """
    if len(text) > _LONGEST:
        return None
    parts = [part if part in {"AND", "OR"} else _one(part) for part in _JOINT.split(text.strip())]
    return " ".join(part for part in parts if part) if all(parts) else None


def _one(part: str) -> str | None:
    name, _, exception = part.partition(" WITH ")
    known = _BY_LOWER_CASE.get(name.lower()) or (name if _OWN.fullmatch(name) else None)
    if not exception or known is None:
        return known
    return f"{known} WITH {exception}" if _EXCEPTION.fullmatch(exception) else None
