"""Why a document is not a model that the registry can express."""


class Unusable(Exception):
    """A document cannot be read as a model: the place, the reason and the remedy."""

    def __init__(self, place: str, reason: str, remedy: str) -> None:
        super().__init__(reason)
        self.place, self.reason, self.remedy = place, reason, remedy
