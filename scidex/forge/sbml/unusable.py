"""Why a document is no model that can be said here."""


class Unusable(Exception):
    """A document cannot be read as a model: where, why, and what helps."""

    def __init__(self, place: str, reason: str, remedy: str) -> None:
        super().__init__(reason)
        self.place, self.reason, self.remedy = place, reason, remedy
