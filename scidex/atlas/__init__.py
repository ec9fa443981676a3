"""What agents and people register, and the catalogue of it."""
