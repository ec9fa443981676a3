"""Tests of what rows say, read without a database."""
