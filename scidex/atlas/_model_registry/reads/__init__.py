"""One function for each question that is asked of the registry."""
