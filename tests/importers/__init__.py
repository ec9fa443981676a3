"""Importers: what they read, what they refuse, and that what they hand over is registered whole or not at all."""
