"""The newest models as an Atom feed (RFC 4287), for readers that follow a list."""

import re
from collections.abc import Mapping, Sequence
from typing import Final
from xml.etree.ElementTree import Element, SubElement, tostring

from scidex.atlas._model_registry.contract.answers import ListedEntry
from scidex.atlas._model_registry.pages.parts.named import titled_version
from scidex.atlas._model_registry.pages.parts.standings import listed_standing
from scidex.atlas._model_registry.pages.words.addresses import model_address
from scidex.atlas._model_registry.pages.words.numbers import score
from scidex.atlas._model_registry.pages.words.wording import family_words, sentence

_TITLE_LIMIT = 200
# Characters that XML 1.0 cannot hold, even escaped.
_UNWRITABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# The last change of an empty feed, as every feed must have one.
_NEVER: Final = "1970-01-01T00:00:00Z"


def atom(
    models: Sequence[ListedEntry],
    changed: Mapping[str, str | None],
    *,
    title: str,
    host: str,
    address: str,
    page: str,
) -> bytes:
    """Return models, newest first, as a feed.

    ``changed`` holds the time of each model's last change by id, RFC 3339; ``host`` is the public address. ``address``
    is the path of the feed, ``page`` that of the same list as a page.
    """
    moments = {model["id"]: changed.get(model["id"]) or model["created_at"] or _NEVER for model in models}
    feed = Element("feed", xmlns="http://www.w3.org/2005/Atom")
    _text(feed, "id", f"{host}{address}")
    _text(feed, "title", title)
    _text(feed, "updated", max(moments.values(), default=_NEVER))
    _text(SubElement(feed, "author"), "name", "SciDEX")
    SubElement(feed, "link", rel="self", type="application/atom+xml", href=f"{host}{address}")
    SubElement(feed, "link", rel="alternate", type="text/html", href=f"{host}{page}")
    for model in models:
        _entry(feed, model, moments[model["id"]], host)
    written: bytes = tostring(feed, encoding="utf-8", xml_declaration=True)
    return written


def _entry(feed: Element, model: ListedEntry, updated: str, host: str) -> None:
    entry, address = SubElement(feed, "entry"), f"{host}{model_address(model['id'])}"
    _text(entry, "id", address)
    _text(
        entry, "title", titled_version(model["title"], model["version_number"], _TITLE_LIMIT) or model["id"]
    )
    _text(entry, "updated", updated)
    if model["created_at"] is not None:
        _text(entry, "published", model["created_at"])
    SubElement(entry, "link", rel="alternate", type="text/html", href=address)
    _text(entry, "summary", _summary(model))


def _summary(model: ListedEntry) -> str:
    sentences = [f"{family_words(model['model_family'])}, quality score {score(model['quality_score'])}"]
    sentences += filter(None, [listed_standing(model), model["provenance_warning"]])
    return " ".join(map(sentence, sentences))


def _text(parent: Element, name: str, text: str) -> None:
    SubElement(parent, name).text = _UNWRITABLE.sub("\ufffd", text)
