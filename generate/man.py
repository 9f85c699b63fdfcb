"""Man pages: `bureau(1)` with what holds everywhere, and one a command group.

They carry no date and no version, so that only what they tell can change them; `bureau --version` has the version.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from bureau_cli.commands._options import SELECTION, SHARED, UNATTENDED, selection_parameters
from bureau_cli.config.settings import FROM_ENVIRONMENT, OUTSIDE_SETTINGS, PREFIX
from bureau_cli.errors import EXIT_MEANINGS
from generate import roff
from generate.completable import fixed_words
from generate.tree import Node, names_of

NOTICE = r".\" -*- coding: utf-8 -*- Generated from the command tree by `make generate`; do not edit."
SETTINGS = {
    "client_secret": "The secret of a profile that signs in by client credentials and whose store is `env`.",
    "debug": "Show the traceback of an error, for a report of a bug.",
    "deadline": "Give up after so long, as `--deadline`.",
    "demo_user": "As whom the embedded platform is asked.",
    "jobs": "How many requests are under way side by side, as `--jobs`.",
    "lang": "Language of titles, as `--lang`.",
    "output": "The format on a terminal, as `--output`.",
    "page_size": "How many things one request asks for.",
    "profile": "Which platform, as whom, as `--profile`.",
    "token": "The token of a profile whose credential store is `env`.",
}
"""What each BUREAU_ variable says."""
ENVIRONMENT = {
    "CREDENTIALS_DIRECTORY": "Where systemd puts the secret of a profile whose store is `systemd`.",
    "NO_COLOR": "No colour on a terminal.",
    "VISUAL, EDITOR": "The program that `bureau config edit` starts.",
    "XDG_CACHE_HOME": "In place of ~/.cache.",
    "XDG_CONFIG_HOME": "In place of ~/.config.",
    "XDG_DATA_HOME": "In place of ~/.local/share.",
    "XDG_STATE_HOME": "In place of ~/.local/state.",
}
FILES = {
    "~/.config/bureau/config.toml": "Settings and profiles.",
    "~/.local/share/bureau/credentials/": "Secrets of profiles whose store is `file`, for their owner alone.",
    "~/.local/share/bureau/platform.db": "The embedded platform: a synthetic bureau that is made at first use.",
    "~/.local/state/bureau/logs/": "What became of each run with `--cron`, a file a profile, kept short.",
    "~/.cache/bureau/names/": "Names of clients, groups and users, kept for completion; it may be removed at any time.",
}


def files(tree: Sequence[Node], _root: Path) -> Iterator[tuple[str, str]]:
    """`man/bureau.1`, `man/bureau-clients.1` and their siblings; a command without verbs has a page too."""
    root, *rest = tree
    tops = [node for node in rest if len(node.words) == 1]
    yield "man/bureau.1", _page(root, _root_page(root, tops))
    for top in tops:
        below = [node for node in rest if node.words[:1] == top.words and not node.is_group]
        yield f"man/{_name(top)}.1", _page(top, _group_page(top, below))


def _name(node: Node) -> str:
    return "-".join(("bureau", *node.words))


def _page(node: Node, body: Iterable[str]) -> str:
    name = _name(node)
    first = inspect.cleandoc(node.command.help).partition("\n")[0].rstrip(".")
    head = [
        NOTICE,
        f'.TH {roff.text(name.upper())} 1 "" bureau "bureau manual"',
        ".SH NAME",
        rf"{roff.text(name)} \- {roff.sentence(first)}",
    ]
    return "\n".join([*head, *body, ""])


def _root_page(root: Node, tops: Sequence[Node]) -> Iterator[str]:
    pages = [rf"\fB{roff.text(_name(top))}\fP(1)" for top in tops]
    yield from [".SH SYNOPSIS", f"{roff.bold('bureau')} {roff.italic('NOUN VERB')} [which clients] [options]"]
    yield from [".SH DESCRIPTION", *_paragraphs(root.command.help)]
    yield from _section("COMMANDS", {page: _first(top) for page, top in zip(pages, tops, strict=True)})
    yield from [".SH SHARED OPTIONS", "They stand before or after any command.", *_options(root.options)]
    yield from [".SH WHICH CLIENTS", "What is said in several ways is intersected.", *_options(selection_parameters())]
    yield from _section("EXIT STATUS", {roff.bold(str(int(code))): told for code, told in EXIT_MEANINGS.items()})
    yield from _section("ENVIRONMENT", {roff.bold(name): told for name, told in sorted(_variables().items())})
    yield from _section("FILES", {roff.italic(name): told for name, told in FILES.items()})
    yield from [".SH SEE ALSO", ",\n".join(pages)]


def _group_page(top: Node, below: Sequence[Node]) -> Iterator[str]:
    yield from [".SH SYNOPSIS", "\n.br\n".join(map(_line, below))]
    yield from [".SH DESCRIPTION", *_paragraphs(top.command.help)]
    yield ".SH COMMANDS" if top.is_group else ".SH OPTIONS"
    for node in below:
        if top.is_group:
            yield from [f".SS {_line(node)}", *_paragraphs(node.command.help)]
        yield from _parameters(node)
    yield from [".SH SEE ALSO", r"\fBbureau\fP(1) for the shared options, the choice of clients and the exit status"]


def _parameters(node: Node) -> Iterator[str]:
    for argument in node.arguments:
        yield from roff.entry(roff.italic(_metavar(argument)), argument.help or "")
    panels = {option.rich_help_panel for option in node.options}
    yield from _options(
        option for option in node.options if option.rich_help_panel not in {SHARED, SELECTION, UNATTENDED}
    )
    if SELECTION in panels:
        yield from [".PP", "The options that choose clients are told in \\fBbureau\\fP(1)."]


def _options(options: Iterable[Any]) -> Iterator[str]:
    for option in options:
        if "--help" not in option.opts:
            value = "" if option.is_flag else f" {roff.italic(_metavar(option))}"
            yield from roff.entry(", ".join(map(roff.bold, names_of(option))) + value, option.help or "")


def _metavar(parameter: Any) -> str:
    words = list(fixed_words(parameter.type_descriptor.annotation))
    return parameter.metavar or "|".join(words) or parameter.name.upper()


def _line(node: Node) -> str:
    """A command as it is typed; what may be left out stands in brackets."""
    words = roff.bold(" ".join(("bureau", *node.words)))
    return " ".join([words, *(_place(argument) for argument in node.arguments)])


def _place(argument: Any) -> str:
    written = roff.italic(_metavar(argument))
    return written if argument.required else f"[{written}]"


def _first(node: Node) -> str:
    return str(node.command.get_short_help_str(200))


def _paragraphs(text: str) -> Iterator[str]:
    for paragraph in inspect.cleandoc(text).split("\n\n"):
        yield from [".PP", roff.sentence(paragraph)]


def _section(title: str, entries: Mapping[str, str]) -> Iterator[str]:
    yield f".SH {title}"
    for term, told in entries.items():
        yield from roff.entry(term, told)


def _variables() -> Mapping[str, str]:
    """Every variable that is read, with what it says.

    Raises:
        SystemExit: one is read that nobody has told of, or the other way round.
    """
    if untold := SETTINGS.keys() ^ (FROM_ENVIRONMENT | OUTSIDE_SETTINGS):
        raise SystemExit(f"SETTINGS in generate/man.py and the variables that are read differ: {sorted(untold)}")
    return {f"{PREFIX}{name.upper()}": told for name, told in SETTINGS.items()} | ENVIRONMENT
