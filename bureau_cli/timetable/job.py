"""A command that is started by the clock, and the comment that tells it beside what the scheduler needs."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import tzinfo
from pathlib import Path

from bureau_cli.domain.clock import OSLO
from bureau_cli.domain.rhythm import Rhythm
from bureau_cli.errors import BadUsage, BureauError

MARK = "# bureau job: "
A_NAME = re.compile("[a-z0-9][a-z0-9-]{0,39}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """Its name, when it is started, the words after `bureau`, and where: the folder that relative paths begin in.

    `zone` is whose clock its time is of: that of Oslo, unless its scheduler knows no other than the machine's.
    """

    name: str
    rhythm: Rhythm
    words: Sequence[str]
    folder: Path
    scheduler: str
    zone: tzinfo = OSLO

    def require_writable(self, shown: Callable[[str], str]) -> None:
        """See that it can be written into a line; `shown` takes out of a text what no file may hold.

        Raises:
            BadUsage: the name or a word of the command cannot.
        """
        if A_NAME.fullmatch(self.name) is None:
            raise BadUsage(f"{self.name!r} is no name for it", fix="use letters a to z, digits and - : month-end")
        for word in (*self.words, str(self.folder)):
            if not word.isprintable():
                raise BadUsage(f"{word!r} does not fit into one line", fix="put it in a file, or choose other words")
            if shown(word) != word:
                raise BadUsage("a secret or a fødselsnummer is not put where it would stay", fix="put it in a file")

    @property
    def told(self) -> str:
        """The command as it is typed."""
        return shlex.join(["bureau", *self.words])

    @property
    def comment(self) -> str:
        """It in a line, for `told_by`."""
        said = ["--at", f"{self.rhythm.at:%H:%M}", "--on", self.rhythm.on, f"--{self.scheduler}"]
        return MARK + shlex.join([self.name, *said, "--", str(self.folder), *self.words])


def told_by(comment: str) -> Job | None:
    """The job that such a comment tells, None where it tells none."""
    if not comment.startswith(MARK):
        return None
    try:
        name, _, at, _, on, scheduler, _, folder, *words = shlex.split(comment.removeprefix(MARK))
        rhythm = Rhythm.of(at, on)
    except (ValueError, BureauError):
        return None
    return Job(name=name, rhythm=rhythm, words=words, folder=Path(folder), scheduler=scheduler.removeprefix("--"))
