"""Atlas keeps the artifacts."""
