"""The only room of the registry that runs SQL: each function runs one query and returns records."""
