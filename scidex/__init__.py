"""SciDEX: an open commons for neurodegeneration research."""
