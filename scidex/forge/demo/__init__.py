"""Demo models fitted on real data, registered as a Forge analysis would."""
