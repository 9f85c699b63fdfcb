"""The completion scripts in the shells they are for, at a prompt."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from completions.prompt import Prompt, prompt

from bureau_cli.files import names
from bureau_cli.files.notebook import Notebook

pytestmark = pytest.mark.slow

CLIENTS = {
    "10001": "Ærlig Øst & Sønn [x] = $(touch pwned)",
    "10002": 'L\'Or "gull" `id` 🪙',
    "10003": "Kopi AS",
    "10004": "Kopi AS",
    "20001": "Kolon: en; to | tre > fire *",
    "20002": "Komma, Punktum",
}
CONFIG = '[profiles.prod]\nbase_url = "https://payroll.example"\n'


@pytest.fixture(scope="module", params=["bash", "zsh", "fish"])
def shell(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def at_prompt(shell: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Prompt]:
    """One shell for all tests: it is what starts slowly."""
    home = tmp_path_factory.mktemp(shell)
    cache = home / ".cache" / "bureau"
    demo = Notebook(Path(names.folder(str(cache), "demo", "", "")), str)
    demo.note("clients", CLIENTS, whole=True)
    demo.note("orgnrs", {"910000012": "Kopi AS"}, whole=True)
    demo.note("groups", {"payday-12": "Lønn den 12.", "payday-20": "Lønn den 20.", "oslo": "Oslo"}, whole=True)
    demo.note("users", {"kari.nordmann": "Kari Nordmann", "mons.moe": "Mons Moe"}, whole=True)
    prod = Notebook(Path(names.folder(str(cache), "prod", "https://payroll.example", "")), str)
    prod.note("groups", {"in-prod": "Bare i prod"}, whole=True)
    (home / ".config" / "bureau").mkdir(parents=True)
    (home / ".config" / "bureau" / "config.toml").write_text(CONFIG)
    (home / "my file.txt").touch()
    with prompt(shell, home) as one:
        yield one


@pytest.mark.parametrize(
    ("typed", "line"),
    [
        ("bureau cl", "bureau clients "),
        ("bureau -o json clients sh", "bureau -o json clients show "),
        ("bureau --group list clients sh", "bureau --group list clients show "),
        ("bureau clients list --not", "bureau clients list --not-group "),
        ("bureau clients list -o xl", "bureau clients list -o xlsx "),
        ("bureau clients list --output=xl", "bureau clients list --output=xlsx "),
        ("bureau clients list --fields number,own", "bureau clients list --fields number,owner"),
        ("bureau clients list --sort onb", "bureau clients list --sort onboarded "),
        ("bureau clients list --access m", "bureau clients list --access mine "),
        ("bureau clients list --group payday-2", "bureau clients list --group payday-20 "),
        ("bureau clients list --group pay", "bureau clients list --group payday-"),
        ("bureau clients list --not-group=os", "bureau clients list --not-group=oslo "),
        ("bureau clients list --owner kari", "bureau clients list --owner kari.nordmann "),
        ("bureau clients list --member=me", "bureau clients list --member=me "),
        ("bureau clients list --clients 10002,2000", "bureau clients list --clients 10002,2000"),
        ("bureau clients list --clients 10002,20001", "bureau clients list --clients 10002,20001 "),
        ("bureau clients list --clients=10002,9100", "bureau clients list --clients=10002,910000012 "),
        ("bureau groups add payday-2", "bureau groups add payday-20 "),
        ("bureau groups add oslo --whe", "bureau groups add oslo --where "),
        ("bureau platform token mo", "bureau platform token mons.moe "),
        ("bureau explain output_", "bureau explain output_failed "),
        ("bureau --profile pr", "bureau --profile prod "),
        ("bureau -p prod groups show in", "bureau -p prod groups show in-prod "),
        ("bureau groups show --profile=prod in", "bureau groups show --profile=prod in-prod "),
        ("bureau groups show -p prod os", "bureau groups show -p prod os"),
        ("bureau platform seed --clients 1000", "bureau platform seed --clients 1000"),
        ("bureau clients list --where pay", "bureau clients list --where pay"),
        ("bureau nonsense sh", "bureau nonsense sh"),
        ("bureau clients list --out my", "bureau clients list --out my\\ file.txt "),
        ("bureau clients list --clients @my", "bureau clients list --clients @my\\ file.txt "),
    ],
)
def test_a_tab_puts_on_the_line_what_can_only_be_meant(at_prompt: Prompt, typed: str, line: str) -> None:
    assert at_prompt.after(f"{typed}\t") == line


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("bureau clients ", ["list", "show"]),
        ("bureau clients show ", list(CLIENTS)),
        ("bureau clients show 2", ["20001", "20002"]),
        ("bureau clients list --owner m", ["me", "mons.moe"]),
        ("bureau clients list --access ", ["mine", "none"]),
        ("bureau groups delete ", ["oslo", "payday-12", "payday-20"]),
        ("bureau groups create ", []),
    ],
)
def test_what_can_be_meant_is_offered_and_nothing_else(at_prompt: Prompt, typed: str, words: list[str]) -> None:
    found = [word for word in at_prompt.offered(typed) if not word.startswith("-")]
    assert sorted(found) == sorted(words)


@pytest.mark.parametrize(("typed", "number"), [("ær", "10001"), ("L\\'O", "10002"), ('"Kolon: e', "20001")])
def test_the_beginning_of_a_name_becomes_its_client(at_prompt: Prompt, shell: str, typed: str, number: str) -> None:
    """In fish the name, quoted as it must be, stands for the client; in the others its number does."""
    line = at_prompt.after(f"echo-name {typed}\t".replace("echo-name", "bureau clients show"))
    written = line.removeprefix("bureau clients show ").strip()
    meant = CLIENTS[number] if shell == "fish" else number
    assert at_prompt.run(f"printf %s {written}") == meant


def test_a_name_of_several_stays_as_it_was_typed(at_prompt: Prompt, shell: str) -> None:
    assert at_prompt.after("bureau clients show kopi\t").casefold() == "bureau clients show kopi"
    if shell != "fish":
        assert at_prompt.offered("bureau clients show kopi") == ["10003", "10004"]


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("'Rør [", "Rør [as]"),
        ("'Blomster 🌷", "Blomster 🌷 AS"),
        ('"Fisk [/', "Fisk [/] & Vilt AS"),
        ("O\\'H", 'O\'Hara "Kaffe" AS'),
        ("בית", "בית קפה השמש AS"),
    ],
)
@pytest.mark.usefixtures("platform_file")
def test_what_a_list_left_is_completed_and_read_as_that_client(
    shell: str, clean_world: Path, typed: str, name: str
) -> None:
    with prompt(shell, clean_world) as at_prompt:
        at_prompt.run("bureau clients list --all-clients --quiet")
        line = at_prompt.after(f"bureau clients show {typed}\t")
        assert json.loads(at_prompt.run(f"{line} -o json"))["data"]["name"] == name
