"""What is offered at a prompt: names that passed in lists, of the right profile, at once and in silence."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from commands.outside import BUREAU
from running import Bureau

from bureau_cli.completing import answer, known_profiles
from bureau_cli.config.settings import load
from bureau_cli.files import names
from bureau_cli.files.folders import Folders
from bureau_cli.files.kept import purge
from bureau_cli.files.notebook import Notebook

HOSTILE = {
    "10001": "Ærlig & Øst [x] = $(touch pwned) `id` ÅS",
    "10002": 'L\'Or: "gull" 🪙',
    "10003": "\x1b[2J\x07Blink\u202e\nny linje\ttab",
    "10004": "Komma, Punktum og Sønn",
}


def offered(kind: str, typed: str = "", *line: str, asks: str = "zsh") -> list[str]:
    return answer([asks, kind, typed, *line], os.environ).decode().split("\n")[:-1]


def values(kind: str, typed: str = "", *line: str) -> list[str]:
    return [row.partition("\t")[0] for row in offered(kind, typed, *line)]


@pytest.fixture
def cache(clean_world: Path) -> Path:
    return clean_world / ".cache" / "bureau"


@pytest.fixture
def notebook(cache: Path) -> Notebook:
    """What is known of the demo bureau."""
    return Notebook(Path(names.folder(str(cache), "demo", "", "")), str)


@pytest.fixture
def configured(clean_world: Path) -> Callable[[str], Path]:
    """Writes config.toml."""

    def write(text: str) -> Path:
        path = clean_world / ".config" / "bureau" / "config.toml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        return path

    return write


# --- what passes is kept -----------------------------------------------------------------------------------------


def test_a_list_that_passes_leaves_its_names(bureau: Bureau) -> None:
    ids = bureau("clients", "list", "-o", "ids").lines
    bureau("groups", "list")
    assert len(values("clients")) == len(ids)
    assert values("clients", ids[0]) == [ids[0]]
    assert "payday-20" in values("groups")
    assert values("users")[0] == "me"
    assert "kari.nordmann\tKari Nordmann" in offered("users", "kari.n")
    assert "me" not in values("logins")


def test_me_is_a_user_among_those_who_begin_so(notebook: Notebook) -> None:
    notebook.note("users", {"anne.aas": "Anne Aas", "mons.moe": "Mons Moe", "ola.berg": "Ola Berg"}, whole=True)
    assert values("users", "m") == ["me", "mons.moe"]
    assert values("users", "mo") == ["mons.moe"]
    assert values("users") == ["me", "anne.aas", "mons.moe", "ola.berg"]
    assert values("logins", "m") == ["mons.moe"]


def test_a_whole_list_replaces_and_a_part_adds(bureau: Bureau, notebook: Notebook) -> None:
    notebook.note("clients", {"99999": "Nedlagt AS"}, whole=False)
    bureau("clients", "list", "--group", "payday-20")
    some = values("clients")
    assert "99999" in some
    bureau("clients", "list", "--sort", "-name", "--fields", "number")
    assert set(some) - {"99999"} < set(values("clients"))
    assert "99999" not in values("clients")


@pytest.mark.parametrize("narrowed", [["--status", "left"], ["--owner", "me"], ["--limit", "3"], ["--payday", "20"]])
def test_a_list_that_leaves_somebody_out_takes_nobody_away(
    bureau: Bureau, notebook: Notebook, narrowed: list[str]
) -> None:
    notebook.note("clients", {"99999": "Nedlagt AS"}, whole=True)
    assert bureau("clients", "list", *narrowed).code == 0
    assert "99999" in values("clients")


def test_names_are_for_their_owner_alone(bureau: Bureau, cache: Path) -> None:
    bureau("clients", "list")
    modes = {path: stat.S_IMODE(path.stat().st_mode) for path in [cache, *cache.rglob("*")]}
    assert {path.name for path in modes if path.is_file()} == {"clients", "orgnrs", "users"}
    assert all(mode == (0o600 if path.is_file() else 0o700) for path, mode in modes.items())


def test_a_list_is_what_it_was_where_nothing_can_be_kept(bureau: Bureau, cache: Path) -> None:
    before = bureau("clients", "list")
    for path in sorted(cache.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    cache.rmdir()
    cache.write_text("no folder")
    assert bureau("clients", "list") == before
    assert values("clients") == []


def test_a_reader_that_leaves_leaves_the_names_as_they_were(platform_file: Path, cache: Path) -> None:  # noqa: ARG001
    command = subprocess.Popen([*BUREAU, "clients", "list"], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert command.stdout is not None
    command.stdout.close()
    assert (command.wait(), command.communicate()[1]) == (0, b"")
    assert not cache.exists()


def test_forgetting_a_profile_leaves_the_others(notebook: Notebook, cache: Path) -> None:
    other = Notebook(Path(names.folder(str(cache), "prod", "https://payroll.example", "")), str)
    for one in (notebook, other):
        one.note("groups", {"oslo": "Oslo"}, whole=True)
    purge(Folders.of(os.environ), "demo")
    purge(Folders.of(os.environ), "never-used")
    assert values("groups") == []
    assert len(list(cache.rglob("groups"))) == 1


# --- what is found -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_names_of_any_letters_are_shown_harmlessly(notebook: Notebook, shell: str) -> None:
    notebook.note("clients", HOSTILE, whole=True)
    rows = offered("clients", "", asks=shell)
    assert len(rows) == len(HOSTILE)
    assert all(row.replace("\t", "").isprintable() for row in rows)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("1", ["10001", "10002", "10003", "10004"]),
        ("10003", ["10003"]),
        ("øst", ["10001"]),
        ("ØST", ["10001"]),
        ("år", []),
        ("ås", ["10001"]),
        ("l'or", ["10002"]),
        ("komma, p", ["10004"]),
        ("rlig", []),
        ("bureau", []),
        ("#", []),
    ],
)
def test_a_client_is_found_by_number_and_by_the_words_of_its_name(
    notebook: Notebook, typed: str, found: list[str]
) -> None:
    notebook.note("clients", HOSTILE, whole=True)
    assert values("clients", typed) == found


def test_a_word_that_thousands_have_is_no_choice_and_costs_nothing(notebook: Notebook) -> None:
    notebook.note("clients", {str(number): f"Kunde {number} AS" for number in range(1000, 3000)}, whole=True)
    assert len(values("clients", "a")) == names.MOST
    assert values("clients", "2999") == ["2999"]
    assert len(values("clients")) == 2000


def test_an_orgnr_is_offered_to_somebody_who_types_one(notebook: Notebook) -> None:
    notebook.note("clients", {"10001": "Fjell AS"}, whole=True)
    notebook.note("orgnrs", {"910000012": "Fjell AS"}, whole=True)
    assert values("clients") == ["10001"]
    assert offered("clients", "91") == ["910000012\tFjell AS"]


def test_bash_keeps_what_was_typed_until_one_is_left(notebook: Notebook) -> None:
    notebook.note("clients", {"10001": "Fjell AS", "10002": "Fjellheim AS"}, whole=True)
    assert offered("clients", "10", asks="bash") == ["10001  (Fjell AS)", "10002  (Fjellheim AS)"]
    assert offered("clients", "fj", asks="bash") == ["10001  (Fjell AS)", "10002  (Fjellheim AS)", " "]
    assert offered("clients", "fjellh", asks="bash") == ["10002"]
    assert offered("clients", "'Fjell A", asks="bash") == ["10001"]
    assert offered("clients", "Fjell\\ A", asks="bash") == ["10001"]


def test_fish_gets_names_that_stand_for_one_client(notebook: Notebook) -> None:
    notebook.note("clients", {**HOSTILE, "10005": "Kopi AS", "10006": "Kopi AS"}, whole=True)
    assert offered("clients", "ær", asks="fish") == [f"{HOSTILE['10001']}\t10001"]
    assert [offered("clients", typed, asks="fish") for typed in ("komma", "blink", "kopi")] == [[], [], []]


@pytest.mark.parametrize("value", ["-y", "@fil", "a b", "a'b", "$(id)", "a\tb", "a\nb", "*", "~x", "a;b", "", "a,b"])
def test_what_a_shell_would_read_as_something_else_is_never_offered(notebook: Notebook, value: str) -> None:
    notebook.note("groups", {value: "Ond", "god": "God"}, whole=True)
    assert values("groups") == ["god"]


def test_what_no_file_may_hold_is_not_kept(cache: Path) -> None:
    folder = Path(names.folder(str(cache), "demo", "", ""))
    masked = Notebook(folder, lambda text: text.replace("hemmelig", "*****"))
    masked.note("clients", {"10001": "Ola hemmelig AS", "hemmelig1": "Kari AS"}, whole=True)
    assert "hemmelig" not in (folder / "clients").read_text()
    assert values("clients") == ["10001"]
    assert offered("clients", "ola", asks="fish") == []


# --- of the right profile ----------------------------------------------------------------------------------------

TWO = """
[defaults]
profile = "prod"
[profiles.prod]
base_url = "https://payroll.example"
[profiles.test]
base_url = "https://test.example"
user = "ola"
"""


@pytest.fixture
def two_profiles(configured: Callable[[str], Path], cache: Path) -> Path:
    for name, address, user in (("prod", "https://payroll.example", ""), ("test", "https://test.example", "ola")):
        Notebook(Path(names.folder(str(cache), name, address, user)), str).note(
            "groups", {f"in-{name}": ""}, whole=True
        )
    return configured(TWO)


@pytest.mark.usefixtures("two_profiles")
@pytest.mark.parametrize(
    ("line", "group"),
    [
        ([], "in-prod"),
        (["bureau", "-p", "test", "clients"], "in-test"),
        (["bureau", "clients", "list", "--profile", "test"], "in-test"),
        (["bureau", "--profile=test", "clients"], "in-test"),
        (["bureau", "-ptest", "clients"], "in-test"),
        (["bureau", "-qp", "test", "clients"], "in-test"),
        (["bureau", "-p", "test", "clients", "-p", "prod"], "in-prod"),
        (["bureau", "-o", "plain", "--output", "p"], "in-prod"),
    ],
)
def test_the_names_are_those_of_the_profile_on_the_line(line: list[str], group: str) -> None:
    assert values("groups", "", *line) == [group]


@pytest.mark.usefixtures("two_profiles")
def test_the_profile_may_be_named_by_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BUREAU_PROFILE", "test")
    assert values("groups") == ["in-test"]
    assert values("groups", "", "-p", "prod") == ["in-prod"]


def test_a_profile_on_another_address_or_of_another_user_has_no_names_yet(two_profiles: Path) -> None:
    for changed in (
        TWO.replace("payroll.", "other."),
        TWO.replace('le"\n[profiles.t', 'le"\nuser = "kari"\n[profiles.t'),
    ):
        two_profiles.write_text(changed)
        assert values("groups") == []
    two_profiles.write_text(TWO)
    assert values("groups") == ["in-prod"]


def test_what_is_remembered_of_the_configuration_never_outlives_it(two_profiles: Path, cache: Path) -> None:
    os.utime(two_profiles, (1, 1))
    memo = cache / "profiles"
    known = [
        ["prod"],
        ["demo", "", ""],
        ["prod", "https://payroll.example", ""],
        ["test", "https://test.example", "ola"],
    ]
    for round_ in range(3):
        assert known_profiles(os.environ) == known
        text = TWO + f"[profiles.p{round_}]\nbase_url = 'https://x.example'\n"
        known = [*known[:4], [f"p{round_}", "https://x.example", ""]]
        two_profiles.write_text(text)
    assert not memo.exists(), "the file was always too young to be remembered"


def test_a_configuration_that_stands_is_read_once(
    two_profiles: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bureau_cli.completing.YOUNG_NS", -1)
    first = known_profiles(os.environ)
    assert (cache / "profiles").exists()
    monkeypatch.setitem(sys.modules, "tomllib", None)  # a second reading would fail
    assert known_profiles(os.environ) == first
    two_profiles.write_text(TWO + " ")
    with pytest.raises(ImportError):
        known_profiles(os.environ)


def test_no_secret_of_an_address_is_remembered(
    configured: Callable[[str], Path], cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bureau_cli.completing.YOUNG_NS", -1)
    configured('[profiles.prod]\nbase_url = "https://kari:hemmelig@payroll.example/?key=hemmelig#hemmelig"\n')
    known_profiles(os.environ)
    assert "hemmelig" not in (cache / "profiles").read_text()
    assert "hemmelig" not in names.folder("", "prod", "https://kari:hemmelig@payroll.example/?key=hemmelig", "")


@pytest.mark.parametrize("name", [None, "prod", "test", "demo"])
@pytest.mark.parametrize("variable", ["", "test"])
def test_the_short_way_means_the_profile_that_the_settings_mean(
    two_profiles: Path, name: str | None, variable: str, monkeypatch: pytest.MonkeyPatch, cache: Path
) -> None:
    monkeypatch.setenv("BUREAU_PROFILE", variable)
    settings = load(two_profiles, {} if name is None else {"profile": name})
    where = names.folder(str(cache), settings.profile, settings.base_url or "", settings.user or "")
    Notebook(Path(where), str).note("groups", {"the-one": "It"}, whole=True)
    assert values("groups", "", *([] if name is None else ["-p", name])) == ["the-one"]


@pytest.mark.usefixtures("two_profiles")
def test_profiles_are_offered_themselves() -> None:
    assert offered("profiles") == [
        "demo\tthe embedded platform", "prod\thttps://payroll.example", "test\thttps://test.example",
    ]  # fmt: skip


# --- at once and in silence --------------------------------------------------------------------------------------


def asked(*argv: str, **environ: str) -> subprocess.CompletedProcess[str]:
    """A fresh process whose modules are told on stderr, after whatever it says itself."""
    script = (
        "import sys; from bureau_cli.__main__ import main; code = main();"
        "print(*sys.modules, file=sys.stderr); sys.exit(code)"
    )
    command = [sys.executable, "-I", "-c", script, *argv]
    return subprocess.run(command, capture_output=True, text=True, check=False, env={**os.environ, **environ})


HEAVY = {
    "typer",
    "httpx",
    "sqlite3",
    "pydantic",
    "pydantic_settings",
    "keyring",
    "pathlib",
    "json",
    "socket",
    "tomllib",
}


def test_a_value_is_offered_without_anything_heavy(notebook: Notebook) -> None:
    notebook.note("clients", HOSTILE, whole=True)
    done = asked("--complete", "fish", "clients", "1")
    assert len(done.stdout.splitlines()) == len(HOSTILE)
    assert not set(done.stderr.split()) & HEAVY
    assert {"bureau_cli.completing", "bureau_cli.files.names"} <= set(done.stderr.split())


def test_the_control_a_command_loads_what_a_value_does_not() -> None:
    assert {"typer", "pydantic"} <= set(asked("explain", "busy").stderr.split())


@pytest.mark.parametrize(
    "words",
    [
        [], ["zsh"], ["zsh", "clients"], ["zsh", "nonsense", ""], ["zsh", "../../etc/passwd", ""],
        ["zsh", "clients", "\udcff"],
        ["zsh", "clients", "", "--profile", "nobody"], ["bash", "clients", "'"], ["zsh", "clients", "", "-p"],
    ],
)  # fmt: skip
def test_whatever_is_asked_there_is_silence(notebook: Notebook, words: list[str]) -> None:
    notebook.note("groups", {"oslo": "Oslo"}, whole=True)
    done = asked("--complete", *words)
    assert (done.returncode, done.stdout, done.stderr.split()[0]) == (0, "", "sys")


@pytest.mark.parametrize(
    "content", [b"", b"10001\tFjell", b"\x00\xff" * 99, b"#bureau-names-1\n10001", b"#bureau-names-2\n1\t2\n"]
)
def test_a_broken_file_of_names_offers_nothing_and_is_mended_by_the_next_list(
    notebook: Notebook, cache: Path, content: bytes
) -> None:
    notebook.note("groups", {"oslo": "Oslo"}, whole=True)
    (path,) = cache.rglob("groups")
    path.write_bytes(content)
    assert values("groups") == []
    notebook.note("groups", {"bergen": "Bergen"}, whole=False)
    assert values("groups") == ["bergen"]


def test_a_broken_configuration_is_passed_over_in_silence(
    configured: Callable[[str], Path], notebook: Notebook
) -> None:
    notebook.note("groups", {"oslo": "Oslo"}, whole=True)
    for broken in ("[profiles", "defaults = 3", "[defaults]\nprofile = 3", "[profiles]\nx = 3"):
        configured(broken)
        done = asked("--complete", "zsh", "groups", "")
        assert (done.returncode, done.stdout) == (0, "")
        assert "Traceback" not in done.stderr
