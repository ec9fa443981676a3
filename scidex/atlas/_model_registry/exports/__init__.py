"""One record of a model, written in the standards of others. No SQL and no HTTP: a format is a function."""
