"""What ``scidex.atlas.artifact_registry`` is made of; imported by nobody else."""
