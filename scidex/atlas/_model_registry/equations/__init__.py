"""Equations as people write them: one grammar reads them, algebra compares them. Nothing is evaluated as code."""
