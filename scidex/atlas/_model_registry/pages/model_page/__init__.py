"""The page of one model: what it is, how good it is, where it comes from, its versions, what depends on it."""
