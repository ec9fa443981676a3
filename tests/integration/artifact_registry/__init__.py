"""The write side on a real PostgreSQL."""
