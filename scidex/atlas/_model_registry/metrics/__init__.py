"""What the names of metrics and the units of numbers mean."""
