"""What a check says of what it looked at."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from bureau_cli.domain.embedded import StoreLook
from bureau_cli.files.folders import Folders
from bureau_cli.formatters.screen import Screen

if TYPE_CHECKING:
    from bureau_cli.config.settings import Settings


class State(StrEnum):
    """How it is with one thing."""

    OK = "ok"
    WARNING = "warning"
    PROBLEM = "problem"
    UNKNOWN = "unknown"
    NOT_CHECKED = "not_checked"


@dataclass(frozen=True, slots=True)
class Verdict:
    """One thing looked at: its name, how it is with it, what was found, and what to do about it."""

    state: State
    check: str
    found: str
    fix: str | None = None


ok = partial(Verdict, State.OK)
warning = partial(Verdict, State.WARNING)
problem = partial(Verdict, State.PROBLEM)
unknown = partial(Verdict, State.UNKNOWN)
not_checked = partial(Verdict, State.NOT_CHECKED)


class StorePort(Protocol):
    """The embedded platform's file, looked at without changing it."""

    def look(self) -> StoreLook:
        """What it is and how it is set."""

    def damage(self) -> str | None:
        """What is broken inside, None where nothing is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """Where this bureau lives: all that a check may look at.

    `options` are those of the line, `program` is what was started, `screen` what stdout can show. `transport`, an
    httpx transport, stands in for the network in tests.
    """

    environ: Mapping[str, str]
    options: Mapping[str, Any]
    program: Path
    version: str
    screen: Screen
    store: Callable[[Path], StorePort]
    now: Callable[[], datetime]
    network: bool = False
    transport: Any = None

    @property
    def folders(self) -> Folders:
        """Where this user's files are."""
        return Folders.of(self.environ)

    @property
    def kept(self) -> list[Path]:
        """Those of them that are there."""
        folders = self.folders
        return [folder for folder in (folders.config, folders.data, folders.cache, folders.state) if folder.is_dir()]

    @property
    def config_file(self) -> Path:
        """The user's configuration, whether or not it is there."""
        return self.folders.config_file

    @property
    def platform_file(self) -> Path:
        """The embedded platform's store, whether or not it is there."""
        return self.folders.data / "platform.db"

    @property
    def settings(self) -> Settings:
        """What a run with this line would go by.

        Raises:
            BureauError: the configuration is wrong.
        """
        from bureau_cli.config.settings import load  # noqa: PLC0415 - a check that needs no settings does without

        return load(self.config_file, self.options)


Check = Callable[[Surroundings], Iterable[Verdict]]
