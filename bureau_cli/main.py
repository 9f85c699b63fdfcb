"""The root command, and what becomes of a run: a result, one error in two lines, and always an exit code."""

from __future__ import annotations

import os
import traceback
from collections.abc import Sequence
from functools import cache, partial

from typer.exceptions import TyperException

from bureau_cli.app import App, Wiring
from bureau_cli.commands._lazy import LazyGroup
from bureau_cli.commands._session import Session
from bureau_cli.errors import BadUsage, BureauError, ExitCode, Interrupted, UnexpectedFault
from bureau_cli.formatters.output import Output, ReaderLeft

DEBUG = "BUREAU_DEBUG"
HELP = """The command line of a Norwegian payroll bureau (lønnsbyrå).

See, check and change all client companies at once: bureau NOUN VERB [which clients] [options].
"""


@cache
def root() -> LazyGroup:
    """The whole command tree; nothing below the root is imported until it is used."""
    return LazyGroup(name="bureau", help=HELP, rich_markup_mode=None)


def run(argv: Sequence[str], *, output: Output | None = None, wiring: Wiring | None = None) -> int:
    """Run one command line and give its exit code; nothing else leaves, and no traceback is shown unasked."""
    output = output or Output.of_process()
    session = Session(output, partial(App, wiring=wiring))
    session.line = argv
    try:
        _refuse_broken_text(argv)
        ended = root().main(args=list(argv), prog_name="bureau", standalone_mode=False, obj=session)
        return int(ended or ExitCode.DONE)
    except ReaderLeft:
        return ExitCode.DONE
    except TyperException as fault:
        return _told(session, argv, _usage(fault))
    except BureauError as fault:
        return _told(session, argv, fault)
    except (KeyboardInterrupt, EOFError):
        return _told(session, argv, Interrupted("interrupted"))
    except Exception as fault:  # noqa: BLE001 - the last line of defence: whatever it is, no traceback for a user
        return _told(session, argv, _unexpected(fault))


def _refuse_broken_text(argv: Sequence[str]) -> None:
    """A byte that is not UTF-8 can be sent nowhere and shown to nobody.

    Raises:
        BadUsage: the line has one, as a script saved in another encoding does.
    """
    for word in argv:
        if any("\udc80" <= letter <= "\udcff" for letter in word):
            raise BadUsage(f"{word} is not UTF-8", fix="save the script as UTF-8")


def _told(session: Session, argv: Sequence[str], fault: BureauError) -> int:
    """Say it on stderr, as JSON where the answer was to be JSON, and give its exit code."""
    if os.environ.get(DEBUG):
        session.output.tell("".join(traceback.format_exception(fault)))
    session.output.error(fault, as_json=session.view.asks_json if session.parsed else _wants_json(argv))
    return fault.exit_code


def _wants_json(argv: Sequence[str]) -> bool:
    """Whether a line asks for JSON; read from the words themselves, as the line is what is wrong."""
    for word, following in zip(argv, [*argv[1:], ""], strict=True):
        if word in {"-ojson", "-ondjson", "--output=json", "--output=ndjson"}:
            return True
        if word in {"-o", "--output"} and following in {"json", "ndjson"}:
            return True
    return False


def _usage(fault: TyperException) -> BadUsage:
    text = fault.format_message().replace("Value error, ", "").rstrip(".")
    command = getattr(getattr(fault, "ctx", None), "command_path", "bureau")
    return BadUsage(text[:1].lower() + text[1:], fix=f"{command} --help")


def _unexpected(fault: Exception) -> UnexpectedFault:
    """A fault nobody foresaw: its kind and place are told, never its text, which may quote anything."""
    frame = traceback.extract_tb(fault.__traceback__)[-1]
    place = os.path.basename(frame.filename)  # noqa: PTH119 - a name, not a path to open
    error = UnexpectedFault(f"{type(fault).__name__} in {place}, line {frame.lineno}")
    error.__cause__ = fault
    return error
