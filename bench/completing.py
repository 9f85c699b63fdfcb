"""How long a TAB takes that asks for a value among ten thousand clients, beside an interpreter that does nothing."""

from __future__ import annotations

import tempfile
from pathlib import Path
from statistics import median

from bench.processes import BUREAU, PYTHON, alternate, own_environment, ratio
from bureau_cli.files import names
from bureau_cli.files.notebook import Notebook

ANCHOR = "python -c pass"
CLIENTS = 10_000
ROUNDS = 40

ASKED = {
    "a number": ("bash", "clients", "1234"),
    "one name": ("bash", "clients", "kunde nr 5000"),
    "a thousand names": ("zsh", "clients", "kunde nr 5"),
    "a name with ø": ("fish", "clients", "østre"),
    "an orgnr": ("zsh", "clients", "9100123"),
    "all of them": ("fish", "clients", ""),
    "all, profile prod": ("fish", "clients", "", "bureau", "-p", "prod"),
}


def main() -> None:
    """Print the time of each and its ratio to the anchor."""
    with tempfile.TemporaryDirectory() as home:
        _fill(Path(home))
        environ = own_environment(HOME=home)
        commands = {name: [BUREAU, "--complete", *asked] for name, asked in ASKED.items()}
        timings = alternate({ANCHOR: [PYTHON, "-c", "pass"], **commands}, ROUNDS, environ)
        for name, timing in timings.items():
            print(f"{name:28} {median(timing.wall) * 1000:7.1f} ms  {ratio(timings, name, ANCHOR):5.1f} x")


def _fill(home: Path) -> None:
    named = {str(10_000 + number): f"Østre Kunde nr {number} AS" for number in range(CLIENTS)}
    by_orgnr = {str(910_000_000 + number): text for number, text in enumerate(named.values())}
    cache = str(home / ".cache" / "bureau")
    for profile, base_url in (("demo", ""), ("prod", "https://payroll.example")):
        notebook = Notebook(Path(names.folder(cache, profile, base_url, "")), str)
        notebook.note("clients", named, whole=True)
        notebook.note("orgnrs", by_orgnr, whole=True)
    config = home / ".config" / "bureau" / "config.toml"
    config.parent.mkdir(parents=True)
    config.write_text('[profiles.prod]\nbase_url = "https://payroll.example"\n', encoding="utf-8")


if __name__ == "__main__":
    main()
