"""How pages word types, numbers, addresses and identities."""
