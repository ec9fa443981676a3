"""The only room of the registry that runs SQL, and returns records."""
