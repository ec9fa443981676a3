"""The artifacts that agents and people register, and their catalogue."""
