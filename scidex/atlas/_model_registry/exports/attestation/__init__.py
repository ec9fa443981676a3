"""A signed statement of what a package holds and what the registry says of it: in-toto, DSSE, Ed25519."""
