"""The record of a model in the formats of other tools. No SQL and no HTTP: a format is a function."""
