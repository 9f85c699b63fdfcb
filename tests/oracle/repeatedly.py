"""`python -m oracle.repeatedly COUNT WORD…` gives one command line so often, # being the turn; a failure ends it."""

from __future__ import annotations

import sys

from running import call_in_process

if __name__ == "__main__":
    for turn in range(int(sys.argv[1])):
        outcome = call_in_process(*(word.replace("#", str(turn)) for word in sys.argv[2:]))
        if outcome.code:
            sys.exit(f"{' '.join(sys.argv[2:])}, turn {turn}: exit {outcome.code}\n{outcome.err}")
