"""A Hugging Face model card: front matter with the metrics by dataset, and a page in Markdown."""
