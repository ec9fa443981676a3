"""A reader that does what the text says: answer, refuse, crash, hang, or talk nonsense."""

import os
import sys
import time

_ANSWERS = {
    "answer": '{"read": [1]}',
    "refuse": '{"refused": ["line 1", "no", "yes"]}',
    "nonsense": "{",
    "nothing": "",
}

if __name__ == "__main__":
    said = sys.stdin.read()
    if said == "crash":
        os.abort()
    if said == "hang":
        time.sleep(60)
    if said == "environment":
        said = "nonsense" if "SCIDEX_PG_DSN" in os.environ else "answer"
    sys.stdout.write(_ANSWERS[said])
