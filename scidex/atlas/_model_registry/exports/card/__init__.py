"""A Hugging Face model card: front matter with metrics by dataset, and a page in Markdown."""
