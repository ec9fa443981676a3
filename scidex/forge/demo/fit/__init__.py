"""The demo's analyses: they fit models to real measurements and write ``registry.json``. Serving needs none of them."""
