"""The top of a model's page: its card."""

from dataclasses import dataclass
from urllib.parse import quote

from scidex.atlas._model_registry.contract.answers.card import Card, CardLicence, CardVariable
from scidex.atlas._model_registry.pages.words.wording import shortened

_TEXT_LIMIT = 2_000
_MOST_SHOWN = 30


@dataclass(frozen=True, slots=True)
class CardEntry:
    """Words, with their link and a remark."""

    words: str
    href: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class CardPart:
    """A named part of the card; ``left_out`` is the number of further entries in the metadata."""

    title: str
    entries: list[CardEntry]
    left_out: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class CardView:
    """A card as the template shows it."""

    summary: str | None
    caveats: list[str]
    parts: list[CardPart]


def card_view(card: Card) -> CardView | None:
    """Return the card as parts with titles; None where it is empty."""
    authors = [
        CardEntry(one["name"], one["orcid"] and f"https://orcid.org/{one['orcid']}", one["affiliation"])
        for one in card["authors"]
    ]
    publications = [
        CardEntry(
            one["citation"] or f"doi:{one['doi']}",
            one["doi"] and f"https://doi.org/{quote(one['doi'], safe='/')}",
            one["doi"] if one["citation"] else None,
        )
        for one in card["publications"]
    ]
    parts = [
        _part("Authors", authors),
        _part("Published in", publications),
        _part("Licence", _licence(card["licence"])),
        *(
            _part(title, [CardEntry(text)] if text else [])
            for title, text in (
                ("Intended use", card["intended_use"]),
                ("Valid for", card["population"]),
                ("Limitations", card["limitations"]),
            )
        ),
        _part("Inputs", [_variable(one) for one in card["inputs"]]),
        _part("Outputs", [_variable(one) for one in card["outputs"]]),
        _part("Organisms", list(map(CardEntry, card["taxa"]))),
        _part("Languages", list(map(CardEntry, card["languages"]))),
        _part("Annotations", list(map(CardEntry, card["annotations"]))),
    ]
    view = CardView(
        summary=card["summary"] and shortened(card["summary"], _TEXT_LIMIT),
        caveats=[shortened(text, _TEXT_LIMIT) for text in card["caveats"][:_MOST_SHOWN]],
        parts=[part for part in parts if part.entries],
    )
    return view if view.summary or view.caveats or view.parts else None


def _part(title: str, entries: list[CardEntry]) -> CardPart:
    shown = [
        CardEntry(shortened(one.words, _TEXT_LIMIT), one.href, one.note and shortened(one.note, _TEXT_LIMIT))
        for one in entries[:_MOST_SHOWN]
    ]
    return CardPart(title, shown, max(0, len(entries) - _MOST_SHOWN))


def _licence(licence: CardLicence | None) -> list[CardEntry]:
    if licence is None:
        return []
    if licence["id"] == "other":
        return [CardEntry(licence["text"] or "other")]
    return [CardEntry(licence["id"], None, licence["text"])]


def _variable(variable: CardVariable) -> CardEntry:
    beside = ", ".join(filter(None, (variable["type"], variable["unit"])))
    return CardEntry(variable["name"], None, beside or None)
