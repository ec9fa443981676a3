"""How a model comes in: the page of the steps, what makes models comparable, and what people do wrong."""

from typing import TypedDict

from scidex.atlas._model_registry.pages.home.registering_advice import (
    COMPARABLE,
    MISTAKES,
    SCORES,
    Advice,
    Mistake,
)
from scidex.atlas._model_registry.pages.home.registering_steps import SETUP, SETUP_WORDS, STEPS, GuideStep
from scidex.atlas._model_registry.pages.words.addresses import GLOSSARY, MODEL_LIST


class RegisteringPageContext(TypedDict):
    """All that the template of the page reads."""

    title: str
    setup: str
    setup_words: str
    steps: list[GuideStep]
    comparable: list[Advice]
    scores: list[Advice]
    mistakes: list[Mistake]
    glossary: str
    list_href: str


def registering_page() -> RegisteringPageContext:
    """Return the context of the page."""
    return RegisteringPageContext(
        title="Register a model",
        setup=SETUP,
        setup_words=SETUP_WORDS,
        steps=list(STEPS),
        comparable=list(COMPARABLE),
        scores=list(SCORES),
        mistakes=list(MISTAKES),
        glossary=GLOSSARY,
        list_href=MODEL_LIST,
    )
