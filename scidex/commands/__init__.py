"""The commands of ``run.py``, one file for those that belong together; :mod:`scidex.commands.program` lists them."""
