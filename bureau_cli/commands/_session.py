"""One run of bureau: what was said on the line, the parts it may use, and where it may speak."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bureau_cli import __version__
from bureau_cli.app import App
from bureau_cli.bulk.brake import Brake
from bureau_cli.commands._options import BulkChoice
from bureau_cli.commands._selection import selection_of
from bureau_cli.domain.selection import Selection
from bureau_cli.domain.turns import CRON_DEADLINE, Turn
from bureau_cli.errors import WritesDenied
from bureau_cli.formatters.chooser import Format
from bureau_cli.formatters.output import Output
from bureau_cli.formatters.results import Provenance
from bureau_cli.formatters.view import View
from bureau_cli.redaction import Redactor

if TYPE_CHECKING:
    from bureau_cli.formatters.read_toml import Written  # most commands read no TOML

Talk = Callable[[str], None]
MakeApp = Callable[[Mapping[str, Any], Talk, Talk | None, Redactor], App]

SETTINGS = ("profile", "lang", "deadline", "jobs")


@dataclass(frozen=True, slots=True, kw_only=True)
class UnderWay:
    """A run of many that is going on: what ends it early, and how it is taken up again."""

    brake: Brake
    way_on: str


class Session:
    """Made once by `main`; the command class tells it the options, the command's function reads them."""

    def __init__(self, output: Output, make_app: MakeApp) -> None:
        self.output = output
        self._make_app = make_app
        self._said: Mapping[str, Any] = {}
        self.app = make_app({}, output.say, None, output.redactor)
        self.view = View()
        self.bulk = BulkChoice()
        self.turn = Turn()
        self.changed = False
        """Whether a run of many has changed anything."""
        self.configured = False
        self.parsed = False
        """Whether the line could be read, so that the options are known."""
        self.line: Sequence[str] = ()
        """The words that were typed."""
        self.under_way: UnderWay | None = None
        """The run of many that is going on, if there is one."""
        self.way_on: str | None = None
        """The command that takes up what a run of many has left, once that run has ended."""
        self.piped_secret: str | None = None
        """What was read from stdin for a command that takes a secret that way."""
        self.document: Written
        """What is in the file of a command that is about one."""
        self.documents: dict[str, Written] = {}
        """What is in the files that options name, by the option."""
        self._narrowed = ""

    def say_options(self, said: Mapping[str, Any], *, configured: bool) -> None:
        """Take the shared options of the line; `configured` commands get their defaults from the settings."""
        self._said = said
        self.parsed = True
        self.configured = configured
        self.view = self._view()
        self.output.quiet = bool(said.get("quiet"))
        self.turn = Turn.of(said, watched=self.output.questions.can_ask)
        if self.turn.cron:
            self.output.expect_nobody()
        trace = self.output.tell if said.get("trace") else None
        options = {name: said[name] for name in SETTINGS if name in said}
        self.app = self._make_app(options, self.output.say, trace, self.output.redactor)
        if configured:
            settings = self.app.settings
            self.view = replace(self.view, taste=Format(settings.output or Format.TABLE), lang=settings.lang)
        self.bulk = BulkChoice.of(said)

    def go_by_snapshot(self) -> None:
        """Let the snapshot answer that the line names, if it names one."""
        self.app.as_of = self._said.get("as_of")
        if self.app.recalled is not None:
            self.output.say(f"as of the {self.app.recalled.told}")

    def read_lists(self) -> None:
        """Read the lists of clients that the line names."""
        _ = self.selection

    def refuse_denied_changes(self) -> None:
        """Stop a change under a profile that denies them.

        Raises:
            WritesDenied: no option overrides it.
        """
        settings = self.app.settings
        if settings.writes == "deny":
            raise WritesDenied(f"the profile {settings.profile} denies changes", fix="use a profile that allows them")

    @property
    def is_agreed(self) -> bool:
        """Whether a change needs no question: the line or the profile has said yes."""
        return self.bulk.yes or self.app.settings.writes == "allow"

    @property
    def will_ask(self) -> bool:
        """Whether a change is put to somebody before it is made."""
        return not self.is_agreed and self.app.settings.writes != "deny" and self.output.questions.can_ask

    @cached_property
    def selection(self) -> Selection:
        """The clients the line is about; files and stdin are read now, once."""
        return selection_of(self._said, self.output.stdin)

    @property
    def deadline_s(self) -> float | None:
        """Seconds the whole command may take, None for as long as it needs."""
        unsaid = CRON_DEADLINE.total_seconds() if self.turn.cron else None
        return (self.app.settings.deadline_s or unsaid) if self.configured else None

    @property
    def profile(self) -> str:
        """The profile the run is under; `none` where it is none's."""
        return self.app.settings.profile if self.configured else self.said_profile or "none"

    @property
    def put_off_s(self) -> float:
        """Seconds to wait before the command begins."""
        return self.turn.wait(self.profile, self.line, os.uname().nodename).total_seconds()

    @property
    def said_profile(self) -> str | None:
        """The profile that the line itself names."""
        return self._said.get("profile")

    def narrow(self, words: str) -> None:
        """Note what else the command was asked for beside the selection, for the answer to tell."""
        self._narrowed = words

    def provenance(self, schema: str) -> Provenance:
        """Where the answer comes from, for its *About* sheet and its `meta`."""
        profile = self.app.settings.profile if self.configured else "none"
        selected = "" if self.selection.is_empty else self.selection.described()
        selection = ", ".join(filter(None, (selected, self._narrowed)))
        recalled = self.app.recalled
        return Provenance(
            schema=schema,
            profile=profile,
            selection=selection,
            version=__version__,
            snapshot=None if recalled is None else recalled.told,
        )

    def _view(self) -> View:
        said = self._said
        out = said.get("out")
        return View(
            output=said.get("output"),
            out=None if out is None else Path(out),
            force=bool(said.get("force")),
            fields=tuple(key.strip() for key in said.get("fields", "").split(",") if key.strip()),
            sort=said.get("sort"),
            limit=said.get("limit"),
            header=not said.get("no_header"),
            lang=said.get("lang", "nb"),
            excel=bool(said.get("excel")),
        )
