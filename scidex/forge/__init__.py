"""Forge runs analyses; some of them build models."""
