"""Descriptions of a model for catalogues of others: DataCite, CycloneDX."""
