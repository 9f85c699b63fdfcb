"""How long the first answer takes, beside an interpreter that does nothing; and where `clients list` spends it."""

from __future__ import annotations

import subprocess
import tempfile
from statistics import median

from bench.processes import BUREAU, PYTHON, alternate, own_environment, ratio

ANCHOR = "python -c pass"
ROUNDS = 20

COMMANDS = {
    ANCHOR: [PYTHON, "-c", "pass"],
    "bureau --version": [BUREAU, "--version"],
    "bureau --help": [BUREAU, "--help"],
    "bureau clients --help": [BUREAU, "clients", "--help"],
    "bureau clients list --help": [BUREAU, "clients", "list", "--help"],
    "bureau explain busy": [BUREAU, "explain", "busy"],
    "bureau clients list": [BUREAU, "clients", "list"],
}

ROOMS = {
    "typer": ("typer",),
    "pydantic": ("pydantic", "pydantic_core", "annotated_types", "typing_inspection"),
    "pydantic-settings": ("pydantic_settings", "dotenv"),
    "httpx": ("httpx", "httpcore", "h11", "certifi", "idna"),
    "starlette": ("starlette",),
    "bureau_cli": ("bureau_cli",),
}


def main() -> None:
    """Print ratios to the anchor, then a breakdown of imports."""
    with tempfile.TemporaryDirectory() as home:
        environ = own_environment(HOME=home)
        timings = alternate(COMMANDS, ROUNDS, environ)
        for name, timing in timings.items():
            print(f"{name:28} {median(timing.wall) * 1000:7.1f} ms  {ratio(timings, name, ANCHOR):5.1f} x")
        _break_down(environ)


def _break_down(environ: dict[str, str]) -> None:
    """Self time of the imports of one `clients list`, by whose modules they are."""
    command = [PYTHON, "-X", "importtime", "-m", "bureau_cli", "clients", "list"]
    told = subprocess.run(command, capture_output=True, text=True, check=True, env=environ).stderr
    spent: dict[str, float] = {}
    for line in told.splitlines():
        if line.startswith("import time:") and "self" not in line:
            own, _, name = line.removeprefix("import time:").split("|")
            top = name.strip().split(".")[0]
            room = next((room for room, tops in ROOMS.items() if top in tops), "standard library and others")
            spent[room] = spent.get(room, 0) + int(own) / 1000
    print("imports of `clients list`, ms of their own (slowed a little by being watched):")
    for room, milliseconds in sorted(spent.items(), key=lambda item: -item[1]):
        print(f"  {room:28} {milliseconds:7.1f}")


if __name__ == "__main__":
    main()
