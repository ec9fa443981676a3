"""What can be wrong with the embedded server, in words for the person who started it."""


class EmbeddedPostgresError(RuntimeError):
    """The embedded server cannot be had; the message is a sentence that says why and what to do."""
