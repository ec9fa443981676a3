"""The write side without a database."""
