"""The page of one model: description, performance, provenance, versions, and what depends on it."""
