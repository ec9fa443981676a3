"""What the page and the document on registering say is so."""
