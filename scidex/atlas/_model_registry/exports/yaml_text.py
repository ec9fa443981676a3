"""YAML of plain values: texts of any characters, in the order given."""

from collections.abc import Mapping


def as_yaml(document: Mapping[str, object]) -> str:
    """Return a mapping of texts, numbers, lists and mappings as YAML 1.1 that YAML 1.2 reads alike."""
    # Imported on first use: most processes never write YAML.
    import yaml  # noqa: PLC0415

    text: str = yaml.safe_dump(document, allow_unicode=True, sort_keys=False, width=float("inf"))
    return text
