"""The links of an artifact as an answer shows them, and which of them it leaves out."""

from collections.abc import Sequence

from scidex.atlas._model_registry.contract.answers import LinkEntries
from scidex.atlas._model_registry.entries.models import link_entry
from scidex.atlas._model_registry.records.models import LinkRecord
from scidex.atlas._model_registry.store import models


def links_answer(links: Sequence[LinkRecord]) -> LinkEntries:
    """Return links by direction, the first ``MOST_LINKS`` of each."""
    return {
        "outgoing": [link_entry(link) for link in _of_direction(links, outgoing=True)],
        "incoming": [link_entry(link) for link in _of_direction(links, outgoing=False)],
    }


def unreadable_links(links: Sequence[LinkRecord]) -> list[str]:
    """Return the paths of the links that are left out."""
    unreadable: list[str] = []
    for direction, outgoing in (("outgoing", True), ("incoming", False)):
        if sum(link.outgoing is outgoing for link in links) > models.MOST_LINKS:
            unreadable.append(f"links.{direction}")
        unreadable += [
            f"links.{direction}[{place}].{path}"
            for place, link in enumerate(_of_direction(links, outgoing=outgoing))
            for path in link.unreadable
        ]
    return unreadable


def _of_direction(links: Sequence[LinkRecord], *, outgoing: bool) -> list[LinkRecord]:
    return [link for link in links if link.outgoing is outgoing][: models.MOST_LINKS]
