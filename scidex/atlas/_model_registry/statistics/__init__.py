"""Metrics recomputed from evaluations, their intervals, and what the data can tell apart.

Pure. This room alone uses numpy; whoever imports it does so where an evaluation is at hand, so that serving
without evaluations stays light.
"""
