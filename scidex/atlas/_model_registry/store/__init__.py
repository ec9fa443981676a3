"""The only place of the registry that runs SQL: one function, one query, one record type."""
