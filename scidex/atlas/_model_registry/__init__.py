"""What the registry's face is made of; imported by nobody else."""
