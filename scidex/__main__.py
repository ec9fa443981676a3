"""Runs the commands: ``python -m scidex COMMAND``."""

import signal
import sys

if __name__ == "__main__" and signal.getsignal(signal.SIGINT) is not signal.SIG_IGN:
    signal.signal(
        signal.SIGINT, signal.SIG_DFL
    )  # until main runs: an interrupt while modules load leaves no traceback

from scidex.commands.program import main

if __name__ == "__main__":
    status = main()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # another one would leave a traceback at exit
    sys.exit(status)
