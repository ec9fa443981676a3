"""The formats that a model can be taken away in."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelFile:
    """The model in one format: what it is called, what it holds, and where it is."""

    title: str
    holds: str
    href: str
