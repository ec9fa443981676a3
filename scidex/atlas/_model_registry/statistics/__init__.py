"""Metrics recomputed from evaluations, their intervals, and what the data can tell apart.

Pure. Only this room uses numpy. Others import it where they have an evaluation, so that serving without
evaluations stays light.
"""
