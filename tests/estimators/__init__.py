"""Fitted estimators become records that say what the library says, with predictions that the catalogue recomputes."""
