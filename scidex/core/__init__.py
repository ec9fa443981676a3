"""What the host owns: settings, database, the embedded server."""
