"""The text of a card: its title, its first paragraph, and its sections on uses and limitations."""

import re
from collections.abc import Iterator

_HEADING = re.compile(r"^(#{1,6})\s+(.+?)\s*#*\s*$")
_USES = re.compile(r"\b(intended uses?|uses?|direct use)\b", re.IGNORECASE)
_NO_SUMMARY = re.compile(
    r"\b(usage|how to|examples?|cit(e|ation)|results?|evaluation|contents)\b", re.IGNORECASE
)
_LIMITATIONS = re.compile(r"\blimitations?\b", re.IGNORECASE)
# Placeholders of templates.
_EMPTY = re.compile(r"^\W*(more information needed|todo|tbd)?\W*$", re.IGNORECASE)
_COMMENT = re.compile(r"<!--.*?(-->|\Z)", re.DOTALL)
_FENCE = re.compile(r"^[ \t]{0,20}(```|~~~).*?(^[ \t]{0,20}\1\s*$|\Z)", re.DOTALL | re.MULTILINE)
_IMAGE = re.compile(r"!\[[^\[\]\n]{0,500}\]\([^()\n]{0,2000}\)")
_LINK = re.compile(r"\[([^\[\]\n]{0,500})\]\([^()\n]{0,2000}\)")
_FOLD = re.compile(r"<summary>[^<]{0,500}</summary>", re.IGNORECASE)
_EMPHASIS = re.compile(r"(\*\*|__)(?=\S)([^*_\n]{1,500})\1")
_TAG = re.compile(r"</?[a-zA-Z][^<>\n]{0,2000}>")
# A shorter text is a label, such as "Click to expand".
_FEWEST_WORDS = 5
_MOST_SUMMARY, _MOST_SECTION, _LONGEST_HEADING = 1_500, 4_000, 400


def title_of(body: str) -> str | None:
    """Return the first heading; None where there is none."""
    for line in _prose(body).splitlines():
        if found := _heading(line):
            return found[2][:300].strip() or None
    return None


def described(body: str) -> dict[str, str]:
    """Return summary, intended use and limitations, if the text has them."""
    sections: dict[str, str] = {}
    for title, text in _sections(_prose(body)):
        if _is_empty(text):
            continue
        tells = "summary" not in sections and not _NO_SUMMARY.search(title)
        if tells and (paragraph := _first_paragraph(text)):
            sections["summary"] = paragraph
        if _LIMITATIONS.search(title) and not _USES.search(title):
            sections.setdefault("limitations", _cut(text, _MOST_SECTION))
        elif _USES.search(title) and len(title) < 60:  # noqa: PLR2004  a heading, not a sentence
            sections.setdefault("intended_use", _cut(text, _MOST_SECTION))
    return sections


def _is_empty(text: str) -> bool:
    return len(text) <= _LONGEST_HEADING and _EMPTY.match(text) is not None


def _heading(line: str) -> re.Match[str] | None:
    return _HEADING.match(line) if len(line) <= _LONGEST_HEADING else None


def _prose(body: str) -> str:
    """Return the text without comments, code, tags, images and the addresses of its links."""
    words = _IMAGE.sub("", _FENCE.sub("", _COMMENT.sub("", body)))
    plain = _EMPHASIS.sub(r"\2", _LINK.sub(r"\1", _FOLD.sub("", words)))
    return _TAG.sub("", plain)


def _sections(text: str) -> Iterator[tuple[str, str]]:
    title, lines = "", list[str]()
    for line in text.splitlines():
        if found := _heading(line):
            yield title, "\n".join(lines).strip()
            title, lines = found[2], []
        else:
            lines.append(line)
    yield title, "\n".join(lines).strip()


def _first_paragraph(text: str) -> str | None:
    for paragraph in re.split(r"\n\s*\n", text):
        words = " ".join(paragraph.split())
        is_prose = words[:1] not in set("|>*-!=#") and not words.endswith(":")
        if is_prose and len(words.split()) >= _FEWEST_WORDS and not _is_empty(words):
            return _cut(words, _MOST_SUMMARY)
    return None


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"
