"""A comparison as a file; the same comparison of unchanged models gives the same bytes."""
