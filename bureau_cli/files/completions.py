"""The completion scripts that came with bureau, and where a shell finds them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from shlex import quote

from bureau_cli.errors import FileExists
from bureau_cli.files.atomic import replacing
from bureau_cli.files.folders import home_needed, made
from bureau_cli.files.xdg import base, home

PACKAGE = Path(__file__).parents[1]
SCRIPTS = {"bash": "bureau.bash", "zsh": "_bureau", "fish": "bureau.fish"}
PLACES = {
    "bash": "bash-completion/completions/bureau",
    "zsh": "zsh/site-functions/_bureau",
    "fish": "fish/vendor_completions.d/bureau.fish",
}
"""Below a data folder, the user's or the system's; the wheel puts them at the same places below its own."""
NOTICE = "# Generated from the command tree"
READABLE = 0o644


class State(StrEnum):
    """How it is with the completion of one shell."""

    CURRENT = "current"
    STALE = "stale"
    MISSING = "missing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Completion:
    """The completion of one shell: how it is with it, where it is or would be, and what else that shell needs."""

    shell: str
    state: State
    path: Path
    needs: str | None


class Completions:
    """The completions of one user; `environ` says where the shells look.

    Raises:
        PlaceInvalid: neither the environment nor the system names a home.
    """

    def __init__(self, environ: Mapping[str, str]) -> None:
        self._environ = environ
        with home_needed():
            self._home = home(environ)
            self._data = Path(base(environ, "XDG_DATA_HOME"))

    def script(self, shell: str) -> str:
        """The script for that shell; a checkout has it beside the package, the wheel puts it inside."""
        installed = PACKAGE / "completions"
        folder = installed if installed.is_dir() else PACKAGE.parent / "completions"
        return (folder / SCRIPTS[shell]).read_text(encoding="utf-8")

    def of(self, shell: str) -> Completion:
        """How it is now. A script of the user's own comes before one of the system."""
        places = [self._own(shell), *self._system(shell)]
        path = next((place for place in places if place.is_file()), places[0])
        needs = None if path in places[1:] else self._needs(shell, path)
        return Completion(shell=shell, state=self._state(shell, path), path=path, needs=needs)

    def all(self) -> list[Completion]:
        """How it is with every shell there is a script for."""
        return [self.of(shell) for shell in SCRIPTS]

    def install(self, shell: str) -> Completion:
        """Put the script where the user's own are, unless it is there already.

        Raises:
            FileExists: there is a file of that name that is not ours.
            OutputFailed, PlaceInvalid: it cannot be written.
        """
        path = self._own(shell)
        if self._state(shell, path) is not State.CURRENT:
            if path.exists() and not _is_ours(path):
                raise FileExists(f"{path} is there and was not made by bureau", fix="move it away and try again")
            made(path.parent)
            with replacing(path, overwrite=True, mode=READABLE) as file:
                file.write(self.script(shell).encode())
        return self.of(shell)

    def _own(self, shell: str) -> Path:
        named = self._environ.get("BASH_COMPLETION_USER_DIR", "").partition(":")[0]
        if shell == "bash" and named.startswith("/"):
            return Path(named) / "completions" / "bureau"
        return self._data / PLACES[shell]

    def _system(self, shell: str) -> Iterator[Path]:
        for folder in (self._environ.get("XDG_DATA_DIRS") or "/usr/local/share:/usr/share").split(":"):
            if folder.startswith("/"):
                yield Path(folder) / PLACES[shell]

    def _state(self, shell: str, path: Path) -> State:
        try:
            return State.CURRENT if path.read_text(encoding="utf-8") == self.script(shell) else State.STALE
        except (OSError, UnicodeDecodeError):
            return State.STALE if path.exists() else State.MISSING

    def _needs(self, shell: str, path: Path) -> str | None:
        """What to add to the user's start-up file, None where the shell finds the script without."""
        if shell == "zsh":
            start = f"{self._environ.get('ZDOTDIR') or self._home}/.zshrc"
            line = f"fpath=({quote(str(path.parent))} $fpath)"
            return None if _mentions(start, path.parent, self._home) else f"{start}, before compinit: {line}"
        if shell == "bash" and not any(
            place.parents[1].joinpath("bash_completion").is_file() for place in self._system(shell)
        ):
            start = f"{self._home}/.bashrc"
            return None if _mentions(start, path, self._home) else f"{start}: source {quote(str(path))}"
        return None


def _mentions(start: str, path: Path, home: str) -> bool:
    """Whether a start-up file has this path, however it writes the home."""
    try:
        text = Path(start).read_text(encoding="utf-8", errors="replace")
    except OSError:
        return False
    return any(str(path).replace(home, written, 1) in text for written in (home, "~", "$HOME", "${HOME}"))


def _is_ours(path: Path) -> bool:
    return NOTICE in path.read_text(encoding="utf-8", errors="replace")
