"""How to cite one version of a model, in the formats that reference managers read."""
