"""The demo's analyses: they fit models on real measurements and write ``registry.json``; serving needs none of them."""
