"""What an SBML model says, by libsbml, as what a model's metadata holds; runs as a program of its own."""
