"""`python -m bench [NAME …]` runs the benches and prints their figures; nothing is asserted."""

from __future__ import annotations

import sys
from importlib import import_module

BENCHES = (
    "startup", "completing", "pages", "xlsx", "seed", "lists", "grants", "instant", "status", "reports", "orders",
    "taxcards",
)  # fmt: skip


def main(names: list[str]) -> int:
    """Run the benches named, or all."""
    for name in names or BENCHES:
        print(f"== {name}", flush=True)
        import_module(f"bench.{name}").main()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
