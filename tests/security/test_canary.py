"""No secret and no fødselsnummer comes through: every command, however much it tells, whatever the platform answers.

With the redactor off the same search finds what was planted, so it is known to look in the right places.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from commands.outside import BUREAU, WHOLE_WORLD_S, Waits, with_profile
from domain.answers import employee, employer, free, table, written
from running import Outcome, call_in_process
from security.canaries import (
    ANSWERS,
    CLIENT_SECRET,
    NUMBERS,
    OF_PROXY,
    POISON,
    SECRETS,
    TOKEN,
    Answer,
    FarAway,
    Off,
    PoisonedPlatform,
    hits,
    hits_below,
)
from security.sinks import Listener, Reply

from bureau_cli.app import Wiring
from bureau_cli.formatters.chooser import Format
from bureau_cli.redaction import Redactor
from generate.tree import commands

LINES: dict[str, Sequence[str]] = {
    "a-melding list": ("--all", f"--code {NUMBERS[0]}", "--out answer.xlsx --force"),
    "a-melding show": (NUMBERS[0],),
    "a-melding triage": ("", f"--period {NUMBERS[1]}", "--out answer.xlsx --force"),
    "altinn apply": ("plan.json --yes", "list.txt --yes"),
    "altinn disable": ("--clients 10001 --yes",),
    "altinn enable": ("--clients 10001,10002 --yes", f"--clients 10001 --user {NUMBERS[1]} --yes"),
    "altinn list": ("--limit 3", f"--user {NUMBERS[0]}"),
    "altinn tag": ("--user me --clients 10001 --yes", f"--user {NUMBERS[1]} --clients 10001 --yes"),
    "altinn untag": ("--user me --clients @list.txt --yes",),
    "api": (
        "GET /v1/clients -f limit=3",
        "POST /v1/groups --yes --body {body}",
        "POST /v1/groups --body - --yes",
        f"GET /v1/{NUMBERS[0]}",
    ),
    "audit anchor": ("",),
    "audit list": (f"--actor {NUMBERS[0]} --action group.*", "--client 10001 -o json", f"--user {NUMBERS[1]}"),
    "audit verify": ("", "--anchor list.txt"),
    "auth login": ("-p new --base-url https://platform.example --store file --token-stdin", "-p granted"),
    "auth logout": ("--purge", "-p granted"),
    "auth status": ("", "--offline", "-p granted", "-p demo"),
    "check a-melding": ("",),
    "check access": ("", "--clients @list.txt", f"--where name=='{NUMBERS[1]}'"),
    "check closed": ("", f"--period {NUMBERS[0]}"),
    "check done": ("", f"--max-age {NUMBERS[0]}"),
    "check reported": ("--clients @list.txt",),
    "check withholding": ("",),
    "clients list": (
        "--limit 3",
        "--clients @list.txt",
        "--clients -",
        f"--where name=='{NUMBERS[1]}'",
        f"--where name=='{NUMBERS[1]}' --cron --jitter 0",
        "--out answer.xlsx --force",
    ),
    "clients show": ("10001", NUMBERS[2]),
    "completion install": ("fish", NUMBERS[0]),
    "completion show": ("zsh", NUMBERS[0]),
    "completion status": ("",),
    "config edit": ("",),
    "config get": ("token_file", NUMBERS[0]),
    "config list": ("--origin",),
    "config path": ("",),
    "config set": (f"lang {NUMBERS[0]}", f"user {NUMBERS[1]} -p far"),
    "dashboard": (
        f"--period {NUMBERS[0]}",
        "--by group --compare --out answer.xlsx --force",
        f"--by owner --where name=='{NUMBERS[1]}' --out answer.html --force",
    ),
    "deadlines": ("", "--each -o json", f"--from {NUMBERS[0]}", "--out answer.ics --force"),
    "diff": ("autumn now", f"{NUMBERS[0]} now"),
    "doctor": ("", "--network", "-p granted"),
    "explain": ("", NUMBERS[0]),
    "access apply": ("access.toml --yes", "list.txt --yes"),
    "access copy": ("--from-user kari.nordmann --to-user ola.hansen --yes",),
    "access drift": ("access.toml", "list.txt"),
    "access grant": (
        f"--user ola.hansen --clients 10001 --reason {NUMBERS[0]} --yes",
        "--user ola.hansen --clients @list.txt --plan-out plan.json --force",
    ),
    "access leave": (
        "--user ola.hansen --yes",
        "--user me --plan --letters letters.txt --force",
        f"--user {NUMBERS[0]}",
    ),
    "access list": ("", "--user me --out answer.xlsx --force"),
    "access review": ("", "--out answer.xlsx --force"),
    "access plan": ("access.toml --plan-out plan.json --force", "access.csv --complete users", "list.txt"),
    "access revoke": ("--user ola.hansen --clients 10001 --yes",),
    "groups add": ("paused --clients 10001 --yes", "paused --clients @list.txt --yes", "paused --owner me --plan"),
    "groups apply": ("groups.toml --yes", "plain.toml --plan-out plan.json --force", "list.txt --yes"),
    "groups create": (f"oslo --title {NUMBERS[1]}", f"bergen --rule name=='{NUMBERS[2]}'"),
    "groups delete": ("paused --yes",),
    "groups list": ("", "--out answer.xlsx --force"),
    "groups plan": ("groups.toml", "plain.toml --plan-out plan.json --force", "list.txt"),
    "groups remove": ("paused --clients 10001,10002 --yes",),
    "groups rename": (f"finance --title {NUMBERS[0]}",),
    "groups set-rule": (f"payday-20 name=='{NUMBERS[2]}' --yes",),
    "groups show": ("paused", "payday-20 --explain 10001"),
    "history list": ("",),
    "history retry": ("last --yes", f"{NUMBERS[0]}"),
    "history show": ("last", f"{NUMBERS[0]}"),
    "history undo": ("last --yes", f"{NUMBERS[0]}"),
    "owners infer": ("--all-clients --plan",),
    "owners list": ("", f"--verdict {NUMBERS[0]}", "--out answer.xlsx --force"),
    "owners move": ("--from-user kari.nordmann --to-user ola.hansen --yes", f"--from-user me --to-user {NUMBERS[0]}"),
    "owners set": ("--user ola.hansen --clients 10001 --yes",),
    "platform clock": ("-p demo", f"{NUMBERS[0]} -p demo"),
    "platform faults": ("-p demo", f"{NUMBERS[0]} -p demo"),
    "platform reset": ("-p far --yes",),
    "platform seed": (f"--today {NUMBERS[0]} --yes -p demo",),
    "platform serve": ("--port {taken} -p demo",),
    "platform status": ("-p demo", ""),
    "platform token": (f"{NUMBERS[1]} -p demo",),
    "profiles list": ("",),
    "profiles remove": ("granted --yes", NUMBERS[0]),
    "profiles show": ("far", NUMBERS[0]),
    "profiles use": ("far", NUMBERS[0]),
    "report all": (f"--period {NUMBERS[0]} --out pack", "--out pack --force"),
    "report automatiseringsgrad": ("", "--manual", "--by owner --out answer.xlsx --force"),
    "report forbrukslogg": ("--prices list.txt", "--against list.txt", f"--from {NUMBERS[1]}"),
    "report mine-klienter": ("--limit 3", "--out answer.xlsx --force"),
    "report terminoppgave": ("", f"--term {NUMBERS[0]}", "--by owner", "--out answer.xlsx --force"),
    "report verify": ("pack", NUMBERS[2]),
    "runs list": ("--limit 3", f"--period {NUMBERS[0]}", "--out answer.xlsx --force"),
    "runs show": (NUMBERS[1],),
    "schedule add": (
        f"evening --at 17:00 --yes -- clients show {NUMBERS[0]}",
        f"night --at 17:00 --systemd -- clients show {NUMBERS[1]} --nope",
    ),
    "schedule list": ("",),
    "schedule remove": (NUMBERS[2],),
    "snapshot delete": ("autumn --yes", NUMBERS[0]),
    "snapshot list": ("",),
    "snapshot prune": ("--yes",),
    "snapshot save": ("autumn", NUMBERS[1]),
    "snapshot show": ("autumn", NUMBERS[2]),
    "status": ("--limit 3", "--explain 10001", f"--explain {NUMBERS[1]}", "--clients @list.txt --period last"),
    "check taxcards": ("", "--clients @list.txt", f"--max-age {NUMBERS[0]}"),
    "taxcards changes": ("", f"--since {NUMBERS[0]}", "--clients 10001 --exit-code --out answer.xlsx --force"),
    "taxcards fetch": (
        "--clients 10001 --no-wait --yes",
        "--owner me --plan --out answer.xlsx --force",
        f"--where name=='{NUMBERS[1]}' --yes",
    ),
    "taxcards import": (
        "svar.json --plan",
        "svar.json --yes --out answer.xlsx --force",
        "broken.json --yes",
        "- --yes",
    ),
    "taxcards list": (
        "--clients 10001 --limit 3",
        "--clients 10001 --out answer.xlsx --force",
        f"--clients 10001 --result {NUMBERS[0]}",
        "--clients 10001 --reveal fnr",
    ),
    "taxcards status": ("--limit 3", "--explain 10001", f"--explain {NUMBERS[1]}"),
    "users list": ("", "--out answer.xlsx --force"),
    "users set-role": ("me leader --yes", f"{NUMBERS[1]} none --yes"),
    "users show": ("me", NUMBERS[2]),
}
"""How to call each command; a new one is given its line here, with something personal typed where that can be."""

TELLING: Sequence[Sequence[str]] = ((), ("-q",), ("-o", "json"))
"""What tells less than a traced line that is looked into: these see an answer and a refusal, those see every answer."""
ALL_TOLD: Sequence[Sequence[str]] = (("--trace",), ("--trace", "-o", "json"))
LIST = ("clients", "list", "--limit", "3")
WRONG = ("a-melding", "list", "--period", "last", "--severity", "immediate")
PLAN = ("groups", "add", "paused", "--owner", "me", "--plan")
BODY = f'{{"slug":"raw","title":"{NUMBERS[0]}"}}'
STDIN = f"{TOKEN}\n{NUMBERS[0]}\n{NUMBERS[1]}\n"
GROUPS = f"""
[groups.paused]
title = "{NUMBERS[0]}"
clients = ["10001"]
[groups.fresh]
title = "{NUMBERS[2]}"
rule = 'name == "{NUMBERS[2]}"'
"""
ACCESS = f"""
[access."ola.hansen"]
member = ["10001", {{ where = 'name == "{NUMBERS[2]}"', reason = "{NUMBERS[0]}" }}]
"""
ANSWER = written([
    employer(
        employee(table(NUMBERS[0]), arbeidstakeridentifikator=NUMBERS[1]),
        employee(table(), free(frikortbeloep=NUMBERS[2]), arbeidstakeridentifikator=NUMBERS[0]),
        employee(resultatForSkattekort=f"ny {NUMBERS[1]}", arbeidstakeridentifikator=NUMBERS[0]),
        employee(resultatForSkattekort="ikkeSkattekort", arbeidstakeridentifikator=NUMBERS[2], navn=NUMBERS[0]),
        {NUMBERS[0]: NUMBERS[1]},
    ),
    employer(employee(table(), arbeidstakeridentifikator=NUMBERS[1]), orgnr=NUMBERS[0]),
])  # fmt: skip
"""An answer of the tax authority with persons where they belong, and where they do not."""
GRANTED_PROFILE = """
[profiles.granted]
base_url = 'https://platform.example'
credential = 'env'
client_id = 'bc_1'
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """A home with what is planted in it, the platform far away, and a port that is taken."""

    home: Path
    planted: frozenset[Path]
    platform: PoisonedPlatform
    taken: int

    def run(self, line: Sequence[str], answer: Answer, redactor: Redactor | None = None) -> Outcome:
        wiring = Wiring(network=FarAway(answer), patience=Waits().patience)
        return call_in_process(*line, stdin=STDIN, wiring=wiring, redactor=redactor)

    def words(self, command: str, line: str) -> list[str]:
        return [*command.split(), *line.format(taken=self.taken, body=BODY).split()]


@pytest.fixture
def world(platform_file: Path, clean_world: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    temporary = clean_world / "tmp"
    temporary.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    monkeypatch.chdir(clean_world)
    token, names = clean_world / "token", clean_world / "list.txt"
    token.write_text(TOKEN, encoding="ascii")
    token.chmod(0o600)
    names.write_text("\n".join(NUMBERS), encoding="ascii")
    groups = clean_world / "groups.toml"
    groups.write_text(GROUPS, encoding="utf-8")
    access = clean_world / "access.toml"
    access.write_text(ACCESS, encoding="utf-8")
    sheet = clean_world / "access.csv"
    sheet.write_text(f"number,login,role\n{NUMBERS[0]},{NUMBERS[1]},member\n", encoding="utf-8")
    answer, broken = clean_world / "svar.json", clean_world / "broken.json"
    answer.write_text(ANSWER, encoding="utf-8")
    broken.write_text(ANSWER[:-9] + NUMBERS[2], encoding="utf-8")
    (clean_world / "plain.toml").write_text('[groups.paused]\nclients = ["10001"]\n', encoding="utf-8")
    profile = "base_url = 'https://platform.example'", "credential = 'file'", f"token_file = '{token}'"
    config = with_profile(clean_world, *profile, GRANTED_PROFILE)
    monkeypatch.setenv("BUREAU_CLIENT_SECRET", CLIENT_SECRET)
    monkeypatch.setenv("EDITOR", "true")
    monkeypatch.setenv("HTTPS_PROXY", f"http://user:{OF_PROXY}@proxy.example:3128")
    platform = PoisonedPlatform(Path(shutil.copy(platform_file, tmp_path / "far.db")))
    with Listener().listening() as listener:
        yield World(
            home=clean_world,
            planted=frozenset(
                {
                    token,
                    names,
                    groups,
                    access,
                    sheet,
                    answer,
                    broken,
                    config,
                    clean_world / ".local/share/bureau/credentials/new",
                }
            ),
            platform=platform,
            taken=listener.port,
        )
    platform.close()


def test_every_command_has_a_line_here() -> None:
    assert LINES.keys() == {" ".join(node.words) for node in commands() if not node.is_group}, "add it to LINES"


@pytest.mark.parametrize("command", LINES)
def test_nothing_comes_through(world: World, monkeypatch: pytest.MonkeyPatch, capfd: Any, command: str) -> None:
    for debug, tellings, answers in ("", TELLING, {"422": ANSWERS["422"]}), ("1", ALL_TOLD, ANSWERS):
        monkeypatch.setenv("BUREAU_DEBUG", debug)
        for line, telling in product(LINES[command], tellings):
            told = everything_told(world, [*world.words(command, line), *telling], answers)
            assert [(words, hits(text)) for words, text in told if hits(text)] == []
    assert hits(" ".join(capfd.readouterr())) == []
    assert hits_below(world.home, world.planted) == []


def everything_told(
    world: World, line: list[str], answers: Mapping[str, Answer] = ANSWERS, redactor: Redactor | None = None
) -> list[tuple[str, str]]:
    """What a line says, whatever the platform answers; one that asks no platform is run once."""
    asked = world.platform.asked
    told = [("success", world.run(line, world.platform.answer, redactor))]
    if world.platform.asked > asked:
        told += [(name, world.run(line, answer, redactor)) for name, answer in answers.items()]
    assert [name for name, outcome in told if "[bug]" in outcome.err and name != "crash"] == []
    return [(f"{name}: {' '.join(line)}", outcome.text + outcome.err) for name, outcome in told]


@pytest.mark.parametrize("wanted", list(Format))
def test_nothing_comes_through_in_any_format(world: World, wanted: Format) -> None:
    lines = LIST, ("clients", "show", "10001"), ("groups", "list"), ("groups", "show", "paused"), PLAN, WRONG
    fitting = {Format.TOML: [("groups", "list")], Format.ICS: [("deadlines",), ("deadlines", "--each")]}
    for line in fitting.get(wanted, lines):
        file = world.home / f"answer-{'-'.join(line[:2])}"
        told = world.run([*line, "-o", wanted, "--out", str(file)], world.platform.answer)
        assert told.code == 0, told.err
        assert file.stat().st_size
    assert hits_below(world.home, world.planted) == []


CONFIGURATIONS = [
    f"profiles.far.base_url = 'https://user:{SECRETS[2]}@platform.example'",
    f"profiles.far.base_url = 'ftp://user:{SECRETS[2]}@platform.example/{NUMBERS[0]}'",
    f"profiles.far.base_url = 'https://[{SECRETS[2]}'",
    f"profiles.far.lang = '{POISON}'",
    f"profiles.far.jobs = '{POISON}'",
    f"profiles.far.credential = '{POISON}'",
    f"profiles.far.deadline = '{POISON}'",
    f"profiles.far.token = '{POISON}'",
    f"profiles.far.writes = {POISON}",
    f"defaults.output = '{NUMBERS[0]}'",
    f"defaults.profile = 'number {NUMBERS[1]}'",
    f"[profiles.far]\n'{NUMBERS[2]} {SECRETS[1]}' = 1",
]


@pytest.mark.parametrize("content", CONFIGURATIONS)
def test_nothing_comes_through_of_a_broken_configuration(
    world: World, monkeypatch: pytest.MonkeyPatch, content: str
) -> None:
    (world.home / ".config" / "bureau" / "config.toml").write_text(f"{content}\n", encoding="utf-8")
    monkeypatch.setenv("BUREAU_DEBUG", "1")
    for line in (["clients", "list", "-p", "far"], ["doctor", "--network", "-p", "far"], ["doctor"]):
        told = world.run(line, world.platform.answer)
        assert hits(told.text + told.err) == []
    assert world.platform.asked == 0


QUOTED_NOWHERE = frozenset({"redirect", "no JSON", "another contract", "Ctrl-C"})


def test_with_the_redactor_off_it_is_found(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: what is not found in the tests above was there to be found."""
    monkeypatch.setenv("BUREAU_DEBUG", "1")
    told = everything_told(world, ["clients", "list", "--trace"], redactor=Off())
    for name, text in told:
        quoted = name.partition(":")[0] not in QUOTED_NOWHERE
        assert {*hits(text)}.issuperset((*SECRETS[1:], NUMBERS[0], NUMBERS[2])) == quoted
    assert TOKEN in told[0][1], "an answer that is no refusal"
    assert {*SECRETS, NUMBERS[0]} <= {hit.partition(" in ")[0] for hit in hits_below(world.home, world.planted)}


@pytest.mark.usefixtures("platform_file")
def test_nothing_is_seen_of_a_process_while_it_works(clean_world: Path, tmp_path: Path) -> None:
    """What `ps` shows of it and of whatever it starts, and what it leaves when it is stopped."""
    token = clean_world / "token"
    token.write_text(TOKEN, encoding="ascii")
    token.chmod(0o600)
    asked, answered = threading.Event(), threading.Event()
    with Listener().listening() as platform:
        planted = with_profile(
            clean_world, f"base_url = '{platform.url}'", "credential = 'file'", f"token_file = '{token}'"
        )

        def slowly(_method: str, _path: str) -> Reply:
            asked.set()
            answered.wait(WHOLE_WORLD_S)
            return Reply(status=500, content={"detail": POISON})

        platform.answer = slowly
        temporary = tmp_path / "tmp"
        temporary.mkdir()
        environ = os.environ | {"BUREAU_DEBUG": "1", "TMPDIR": str(temporary)}
        line = [*BUREAU, "clients", "list", "--trace", "--clients", "-"]
        streams = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
        with subprocess.Popen(line, env=environ, text=True, **streams) as process:
            assert process.stdin is not None
            process.stdin.write(STDIN)
            process.stdin.close()
            assert asked.wait(WHOLE_WORLD_S)
            seen = seen_by_ps(process.pid)
            process.send_signal(signal.SIGINT)
            process.wait(WHOLE_WORLD_S)
            answered.set()
            assert process.stdout is not None
            assert process.stderr is not None
            told = process.stdout.read() + process.stderr.read()
    assert "clients" in seen, "the control: it is this process"
    assert platform.has_heard(TOKEN), "and it had the token"
    assert (process.returncode, hits(seen), hits(told)) == (130, [], [])
    assert hits_below(clean_world, frozenset({token, planted})) == hits_below(temporary, frozenset()) == []


EDITOR = """#!/bin/sh
cat /proc/$$/cmdline /proc/$$/environ > {seen}
"""


def test_an_editor_is_given_no_secret(world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen, editor = tmp_path / "seen", tmp_path / "editor"
    editor.write_text(EDITOR.format(seen=seen), encoding="utf-8")
    editor.chmod(0o700)
    monkeypatch.setenv("EDITOR", str(editor))
    monkeypatch.setenv("BUREAU_TOKEN", TOKEN)
    monkeypatch.delenv("HTTPS_PROXY")
    assert world.run(["config", "edit"], world.platform.answer).code == 0
    given = seen.read_text(encoding="utf-8")
    assert f"EDITOR={editor}" in given, "the control: it was told all else"
    assert hits(given) == []


def seen_by_ps(pid: int) -> str:
    """Arguments and environment of a process and of all that it has started."""
    seen = ""
    for name in ("cmdline", "environ"):
        seen += Path(f"/proc/{pid}/{name}").read_bytes().decode(errors="replace")
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    return seen + "".join(seen_by_ps(int(child)) for child in children)
