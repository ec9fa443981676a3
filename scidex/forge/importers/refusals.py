"""The refusal of something by an importer."""

import reprlib


class Refused(Exception):
    """A source, or a part of it, cannot be imported.

    ``place`` is where in the source (a key, a line, an element; empty for all of it), ``reason`` what is wrong there,
    and ``remedy`` what to do.
    """

    def __init__(self, place: str, reason: str, remedy: str) -> None:
        self.place, self.reason, self.remedy = place, reason, remedy
        super().__init__(f"{place}: {reason}; {remedy}" if place else f"{reason}; {remedy}")


def shown(value: object) -> str:
    """Return a value for a message: on one line, cut to a readable length."""
    brief = reprlib.Repr()
    brief.maxstring = brief.maxother = brief.maxlong = 80
    try:
        return brief.repr(value)
    except (ValueError, RecursionError):  # an integer with too many digits; a document that contains itself
        return f"a value of type {type(value).__name__}"
