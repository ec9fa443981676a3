"""The words of pages for types, numbers, addresses and identities."""
