"""Descriptions of a model for other catalogues: DataCite, CycloneDX, schema.org."""
