"""Models in the formats of others, each judged by what others judge it with."""
