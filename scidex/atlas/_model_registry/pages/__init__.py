"""What the registry's pages show: answers in, the declared context of each template and the page itself out."""
