"""Reads the metadata of an evaluation into columns, or says by field and row what is wrong with it. Pure."""

from scidex.atlas._model_registry.evaluations.reading import read_claims
from scidex.atlas._model_registry.evaluations.sample_ids import read_sample_ids

__all__ = ["read_claims", "read_sample_ids"]
