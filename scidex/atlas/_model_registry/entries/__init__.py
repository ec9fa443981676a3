"""Records become the entries that lists, details and comparisons share."""
