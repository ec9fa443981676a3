"""What readers meet while many models are taken up: a load in one go, and a dataset that changes under them."""
