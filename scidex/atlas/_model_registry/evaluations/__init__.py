"""Reads the metadata of an evaluation into columns, or names its faults by field and row. Pure."""

from scidex.atlas._model_registry.evaluations.reading import read_claims
from scidex.atlas._model_registry.evaluations.sample_ids import read_sample_ids

__all__ = ["read_claims", "read_sample_ids"]
