"""Rows as frozen records, one type for each kind of row. No rules, no HTTP, no SQL."""
