"""SBML Level 3 Version 2: a model whose equations can all be said in it, or the reason why they cannot."""
