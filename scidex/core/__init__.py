"""The host: settings, database, the embedded server, and its own pages."""
