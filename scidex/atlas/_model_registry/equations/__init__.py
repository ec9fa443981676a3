"""What people write as equations: read by one grammar, compared by what they say. Nothing is evaluated as code."""
