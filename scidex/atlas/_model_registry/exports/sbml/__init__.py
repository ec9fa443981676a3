"""SBML Level 3 Version 2: a model whose equations SBML can all express, or the reason why it cannot."""
