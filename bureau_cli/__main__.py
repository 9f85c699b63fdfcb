"""The entry. Help pages and the version are answered before anything heavy is imported."""

import gc
import os
import sys
from io import TextIOWrapper

from bureau_cli import __version__

HELP_PAGES = os.path.join(os.path.dirname(__file__), "help")  # noqa: PTH118, PTH120 - pathlib alone would cost a third of the start
HELP_OPTIONS = ("--help", "-h")
COMPLETE = "--complete"
"""How the scripts of `completions/` ask for values; nobody types it."""


def main() -> int:
    """Run the command line of this process and give its exit code."""
    if os.name == "nt":
        print("bureau runs on Windows inside WSL: open a WSL shell and start it there", file=sys.stderr)  # noqa: T201
        return 2
    argv = sys.argv[1:]
    if argv[:1] == [COMPLETE]:
        return _offer(argv[1:])
    text = ready_answer(argv)
    try:
        return _run(argv) if text is None else _print(text)
    except BrokenPipeError:
        # A reader that has seen enough is no fault.
        _let_go()
        return 0
    except KeyboardInterrupt:
        return 130


def ready_answer(argv: list[str]) -> str | None:
    """The version or a help page, for a line that asks for nothing else; None for any other line.

    The pages are generated from the command tree, byte for byte what Typer would print.
    """
    if argv == ["--version"]:
        return f"bureau {__version__}\n"
    words = argv[:-1] if argv[-1:] and argv[-1] in HELP_OPTIONS else argv and None
    if words is None or not all(word.isascii() and word.replace("-", "").isalnum() for word in words):
        return None
    try:
        with open(f"{HELP_PAGES}/{' '.join(['bureau', *words])}.txt", encoding="utf-8") as page:  # noqa: PTH123 - the same
            return page.read()
    except OSError:
        return None


def _offer(asked: list[str]) -> int:
    """Print what a shell may offer; somebody in the middle of a line is not to read of anything that is missing."""
    try:
        from bureau_cli.completing import answer  # noqa: PLC0415 - only here

        sys.stdout.buffer.write(answer(asked, os.environ))
        sys.stdout.buffer.flush()
    except Exception:  # noqa: BLE001 - whatever it is
        _let_go()
    return 0


def _print(text: str) -> int:
    if sys.stdout is None:
        return _unwritten("it is closed")
    try:
        # A page has Norwegian words, and the locale may know no letter of them.
        if isinstance(sys.stdout, TextIOWrapper):
            sys.stdout.reconfigure(errors="backslashreplace")
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as fault:
        return _unwritten(fault.strerror or "it failed")
    return 0


def _unwritten(reason: str) -> int:
    _let_go()
    print(f"error: cannot write to stdout: {reason} [output_failed]", file=sys.stderr)  # noqa: T201 - before there is an Output
    return 1


def _run(argv: list[str]) -> int:
    """The heavy way, only when there is work to do.

    Imports make some sixty thousand objects that stay: looking for garbage among them every 700 costs a tenth of the
    start, and even once 8 ms; the interpreter would look through all of them once more before it leaves.
    """
    gc.set_threshold(100_000)
    from bureau_cli.main import run  # noqa: PLC0415 - Typer is in there

    code = run(argv)
    gc.freeze()
    return code


def _let_go() -> None:
    """Send what Python still holds for stdout nowhere, or it would try once more at its end and complain."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)


if __name__ == "__main__":
    sys.exit(main())
