"""Reads an SBML model with libsbml into the metadata of a model; runs as a separate program."""
