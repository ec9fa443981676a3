"""Text of any author, escaped for Markdown."""

import re
from typing import Final

_MARKUP: Final = re.compile(r"([\\`*_\[\]#|~$])")


def escaped(text: str) -> str:
    """Return text that Markdown shows as it is: no markup, no tag, no end of line."""
    marked = _MARKUP.sub(r"\\\1", " ".join(text.split()))
    return marked.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
