"""The error of the embedded server, worded for the person who started it."""


class EmbeddedPostgresError(RuntimeError):
    """The embedded server cannot be started or reached; the message says why and what to do."""
