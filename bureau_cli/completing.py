"""Answers a shell that completes a line: with names kept here, found at once, without network, keyring or platform.

Nothing heavy is imported, but once after each change of config.toml.
"""

import os
import time
from collections.abc import Iterator, Mapping, Sequence

from bureau_cli.files import names
from bureau_cli.files.xdg import base

DEMO = "demo"
ME = "me"
FLAGS = "hqy"
"""Short options without a value, which may stand before another in one word: `-qp prod`."""
YOUNG_NS = 2_000_000_000


def answer(argv: Sequence[str], environ: Mapping[str, str]) -> bytes:
    """The lines for a shell: `SHELL KIND TYPED WORD…`, the words being those of the line before the typed one.

    A value is offered where it begins as typed; where none does, where a word of its description does. bash gets what
    it shall insert, or where there are several what it shall show; zsh and fish get a value, a tab and a description.

    Raises:
        Exception: something is not there or not as it should be, so there is nothing to offer.
    """
    shell, kind, typed, *words = argv
    if shell == "bash":
        typed, words = _unquoted(typed), [_unquoted(word) for word in words]
    known = known_profiles(environ)
    lines = _profile_lines(known) if kind == "profiles" else _kept(kind, typed, _folder(known, words, environ))
    found = names.starting(lines, typed)
    if kind == "users" and ME.startswith(typed):
        found = f"{ME}\tyou\n".encode() + found
    by_name = not found
    if by_name:
        found = names.described(lines, typed)
    if shell == "bash":
        return _for_bash(found, by_name=by_name)
    if shell == "fish" and by_name:
        return _names_themselves(found) if kind == "clients" else b""
    return found


# --- what there is -----------------------------------------------------------------------------------------------


def _kept(kind: str, typed: str, folder: str) -> bytes:
    """The lines of that kind; an orgnr is offered only to somebody who has begun to type one."""
    if kind == "clients" and typed.isdigit():
        clients = names.read(f"{folder}/clients")
        return clients if names.starting(clients, typed) else names.read(f"{folder}/orgnrs")
    return names.read(f"{folder}/{'users' if kind == 'logins' else kind}")


def _folder(known: Sequence[Sequence[str]], words: Sequence[str], environ: Mapping[str, str]) -> str:
    """Where the names are that this line can mean."""
    (default,), *profiles = known
    wanted = _profile_said(words) or environ.get("BUREAU_PROFILE") or default
    base_url, user = next((base_url, user) for name, base_url, user in profiles if name == wanted)
    if not base_url:
        user = environ.get("BUREAU_DEMO_USER") or user
    return names.folder(f"{base(environ, 'XDG_CACHE_HOME')}/bureau", wanted, base_url, user)


def _profile_said(words: Sequence[str]) -> str:
    """The profile on the line: the last one said holds."""
    said = ""
    for word, following in zip(words, [*words, ""][1:], strict=True):
        letters = word[1:].lstrip(FLAGS) if word[:1] == "-" != word[1:2] else ""
        if word == "--profile" or letters == "p":
            said = following
        elif word.startswith("--profile="):
            said = word.removeprefix("--profile=")
        elif letters.startswith("p"):
            said = letters[1:]
    return said


# --- what the profiles are ---------------------------------------------------------------------------------------


def known_profiles(environ: Mapping[str, str]) -> list[list[str]]:
    """The name of the default profile, then of each its name, address and user, as config.toml has them now.

    What was read of it is kept beside the names, and holds for as long as the file is the very same.
    """
    path = f"{base(environ, 'XDG_CONFIG_HOME')}/bureau/config.toml"
    try:
        file = os.stat(path)  # noqa: PTH116 - without pathlib
    except FileNotFoundError:
        return [[DEMO], [DEMO, "", ""]]
    mark = f"{path} {file.st_ino} {file.st_size} {file.st_mtime_ns} {file.st_ctime_ns}"
    memo = f"{base(environ, 'XDG_CACHE_HOME')}/bureau/profiles"
    try:
        with open(memo, encoding="utf-8") as kept:  # noqa: PTH123 - the same
            first, *lines = kept.read().split("\n")
    except (OSError, ValueError):
        first = ""
    if first != mark:
        lines = list(_read(path))
        # One so young could be changed within the tick of its clock.
        if time.time_ns() - file.st_ctime_ns > YOUNG_NS:
            _remember(memo, [mark, *lines])
    return [line.split("\t") for line in lines]


def _read(path: str) -> Iterator[str]:
    import tomllib  # noqa: PLC0415 - takes longer than all the rest

    with open(path, "rb") as file:  # noqa: PTH123 - without pathlib
        content = tomllib.load(file)
    yield content.get("defaults", {}).get("profile") or DEMO
    for name, said in ({DEMO: {}} | content.get("profiles", {})).items():
        parts = [name, names.without_secrets(said.get("base_url", "")), said.get("user", "")]
        if all(part.isprintable() for part in parts):
            yield "\t".join(parts)


def _remember(path: str, lines: Sequence[str]) -> None:
    """Keep them if that can be done; without, the next TAB takes a little longer."""
    from pathlib import Path  # noqa: PLC0415 - heavy

    from bureau_cli.files.notebook import keep  # noqa: PLC0415 - the same

    keep(Path(path), "\n".join(lines).encode())


def _profile_lines(known: Sequence[Sequence[str]]) -> bytes:
    lines = [
        f"{name}\t{base_url or 'the embedded platform'}\n"
        for name, base_url, _ in known[1:]
        if names.can_be_typed(name)
    ]
    return "".join(sorted(lines)).encode()


# --- for each shell ----------------------------------------------------------------------------------------------


def _unquoted(word: str) -> str:
    """What is meant by a word that bash hands over as it is typed; a quote need not be closed yet."""
    if word.startswith("'"):
        return word[1:].removesuffix("'")
    return word.removeprefix('"').removesuffix('"').replace("\\", "")


def _for_bash(found: bytes, *, by_name: bool) -> bytes:
    """Alone, the value; several with their descriptions, since bash shows what it is given.

    What several have in common in front bash puts on the line. That is right for values that begin as typed; for
    others a blank one leaves them nothing in common, so that what was typed stays.
    """
    if found.count(b"\n") == 1:
        return found.partition(b"\t")[0] + b"\n"
    shown = found.replace(b"\t", b"  (").replace(b"\n", b")\n")
    return shown + b" \n" if by_name and shown else shown


def _names_themselves(found: bytes) -> bytes:
    """The names of clients in place of their numbers, for fish, which offers only what holds the typed letters.

    Left out are those that could be read as something else: several clients, a file, a number, another's name.
    """
    told = [line.split("\t", 1) for line in found.decode().split("\n")[:-1]]
    values: dict[str, list[str]] = {}
    for value, text in told:
        values.setdefault(text, []).append(value)
    return "".join(
        f"{text}\t{of_it[0]}\n"
        for text, of_it in values.items()
        if len(of_it) == 1 and text[:1].isalpha() and not {",", names.UNTOLD} & set(text)
    ).encode()
