"""The top of a model's page shows what the model states of itself, and only that."""

from scidex.atlas._model_registry.entries.card import card_entry
from scidex.atlas._model_registry.pages.model_page.card import CardEntry, card_view
from scidex.atlas._model_registry.records.models import Json


def test_a_silent_card_shows_nothing() -> None:
    assert card_view(card_entry({"model_type": "linear"})) is None


def test_a_card_shows_its_parts_with_their_addresses() -> None:
    metadata: Json = {
        "card": {
            "summary": "S",
            "licence": {"id": "CC-BY-4.0", "text": "attribution"},
            "authors": [{"name": "A", "orcid": "0000-0002-1825-0097", "affiliation": "U"}],
            "publications": [{"doi": '10.1000/a"><b'}],
            "caveats": ["few people"],
        }
    }
    view = card_view(card_entry(metadata))
    assert view is not None
    assert (view.summary, view.caveats) == ("S", ["few people"])
    assert {part.title: part.entries for part in view.parts} == {
        "Authors": [CardEntry("A", "https://orcid.org/0000-0002-1825-0097", "U")],
        "Published in": [CardEntry('doi:10.1000/a"><b', "https://doi.org/10.1000/a%22%3E%3Cb")],
        "Licence": [CardEntry("CC-BY-4.0", None, "attribution")],
    }


def test_long_lists_say_how_many_more_there_are() -> None:
    view = card_view(card_entry({"card": {"authors": [f"A{number}" for number in range(100)]}}))
    assert view is not None
    assert (len(view.parts[0].entries), view.parts[0].left_out) == (30, 70)
