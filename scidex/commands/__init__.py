"""The commands of ``run.py``, related ones in one file; :mod:`scidex.commands.program` lists them."""
