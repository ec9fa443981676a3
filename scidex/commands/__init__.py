"""The commands of ``run.py``, one file for those that belong together; :mod:`scidex.__main__` lists them."""
