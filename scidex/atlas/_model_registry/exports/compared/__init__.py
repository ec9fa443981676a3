"""A comparison as a file that lasts: the same comparison of unchanged models gives the same bytes."""
