"""A signed statement of a package's files and the registry's verdict on them: in-toto, DSSE, Ed25519."""
