"""The registry's pages: answers in, the declared context of each template and the page out."""
