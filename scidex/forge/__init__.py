"""Forge runs analyses, some of which build models."""
