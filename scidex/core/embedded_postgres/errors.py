"""The error of the embedded server, with words for the person who started it."""


class EmbeddedPostgresError(RuntimeError):
    """The embedded server cannot be started or reached; the message tells why and what to do."""
