"""What is wrong is told in one clear line with the way out, before anything is changed or written."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from commands.outside import refusing, with_profile
from openpyxl import Workbook


@dataclass(frozen=True, slots=True, kw_only=True)
class Wrong:
    """A line, the configuration and variables it runs with, its exit code, and parts of what is said."""

    line: str
    code: int = 2
    says: str
    fix: str
    config: Sequence[str] = ()
    environ: tuple[str, str] = ("BUREAU_DEBUG", "")


FAR = "base_url = 'https://payroll.example'"
SELECTIONS = [
    Wrong(line="--group nope", code=5, says="there is no group nope", fix="bureau groups list"),
    Wrong(line="--not-group nope", code=5, says="there is no group nope", fix="bureau groups list"),
    Wrong(line="--owner nobody", code=5, says="there is no user nobody", fix="bureau users list"),
    Wrong(line="--owner marte.kirkerud", code=5, says="there is no user marte.kirkerud", fix="bureau users list"),
    Wrong(line="--clients ,", says="--clients names no client", fix="--clients"),
    Wrong(line="--clients 99999", code=5, says="99999: there is no such client", fix="--fields number,orgnr,name"),
    Wrong(line="--clients 10001,1000x", code=5, says="--clients: 1000x: there is no such", fix="number,orgnr,name"),
    Wrong(line="--clients @missing.csv", says="missing.csv: No such file", fix="@FILE"),
    Wrong(line="--clients @", says="@ names no file", fix="@FILE"),
    Wrong(line="--clients @folder.csv", says="folder.csv: Is a directory", fix="@FILE"),
    Wrong(
        line="--clients @nocolumn.csv", says="no column of the list is known; found Firma, Sted", fix="name a column"
    ),
    Wrong(line="--clients @wrong.csv", code=5, says="wrong.csv:3: 1000x: there is no such client", fix="number,orgnr"),
    Wrong(line="--clients @hole.csv", says="hole.csv:3 has no orgnr", fix="fill it in"),
    Wrong(
        line="--clients @damaged.xlsx", says="damaged.xlsx: not a workbook that can be read", fix="save the list as csv"
    ),
    Wrong(line="--clients @bomb.xlsx", says="bomb.xlsx: unpacks to ", fix="save the list as csv"),
    Wrong(
        line="--clients @nocolumn.xlsx", says="no column of the list is known; found Firma, Sted", fix="name a column"
    ),
    Wrong(
        line="--where payday=20", says="--where: equality is written == (at character 7)", fix="explain where_invalid"
    ),
    Wrong(line="--where nope==1", says="there is no field 'nope'", fix="explain where_invalid"),
    Wrong(line="--where (payday==20", says="(at character 12)", fix="explain where_invalid"),
    Wrong(line="--where employees=='x'", says="employees", fix="explain where_invalid"),
]
ANYTHING = [
    Wrong(line="--fields number,nmae", says="there is no field 'nmae'", fix="did you mean name?"),
    Wrong(line="--sort nope", says="there is no field 'nope'", fix="the fields are number, name, "),
    Wrong(line="--sort form", says="cannot be sorted by form", fix="sort by name, number, "),
    Wrong(line="--limit 0", says="--limit", fix="bureau clients list --help"),
    Wrong(line="-o pdf", says="'pdf' is not one of 'table', 'plain'", fix="bureau clients list --help"),
    Wrong(line="--out x.pdf", says="'x.pdf' does not say which format", fix="end it with .xlsx, .csv"),
    Wrong(line="--out taken.csv", says="taken.csv is there already", fix="--force"),
    Wrong(line="--out folder.csv --force", says="folder.csv is a folder", fix="name a file in a folder"),
    Wrong(line="--out link.csv --force", says="link.csv is a symbolic link", fix="name a file"),
    Wrong(line="--out no/x.csv", says="there is no folder no", fix="make it, or choose another place"),
    Wrong(line="--deadline soon", says="--deadline: 'soon' is not a length of time [usage]", fix="write it like 30s"),
    Wrong(line="--deadline 0s", says="--deadline: '0s' is not a length of time [usage]", fix="write it like 30s"),
    Wrong(line="--profile prd", code=5, says="there is no profile prd", fix="profiles: demo"),
    Wrong(line="", says="nothing reads the variable BUREAU_TOKNE", fix="did you mean BUREAU_TOKEN?",
          environ=("BUREAU_TOKNE", "s3cret")),
    Wrong(line="", says="nothing reads the variable BUREAU_X", fix="unset BUREAU_X", environ=("BUREAU_X", "s3cret")),
    Wrong(line="", says="jobs: Input should be", fix="BUREAU_JOBS", environ=("BUREAU_JOBS", "s3cret")),
    Wrong(line="", says="unknown key base_ulr in [profiles.far]", fix="base_url?", config=["base_ulr = 's3cret'"]),
    Wrong(line="", says="writes: Input should be", fix="config.toml", config=[FAR, "writes = 's3cret'"]),
    Wrong(line="", says="is not valid TOML", fix="bureau config edit", config=["writes = "]),
    Wrong(line="", says="base_url: must be https", fix="write it like https://payroll.example",
          config=["base_url = 'http://payroll.example'", "credential = 'env'"], environ=("BUREAU_TOKEN", "s3cret")),
    Wrong(line="", code=4, says="does not name its credential", fix="bureau auth login -p far", config=[FAR]),
    Wrong(line="", code=4, says="BUREAU_TOKEN holds no secret", fix="put", config=[FAR, "credential = 'env'"]),
    Wrong(line="", code=4, says="token can be reached by others", fix="chmod 600 token",
          config=[FAR, "credential = 'file'", "token_file = 'token'"]),
]  # fmt: skip


@pytest.fixture
def told(
    bureau: Any, everything: Any, clean_world: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[[Wrong, Sequence[str]], str]:
    """Runs a wrong line, sees that nothing came of it, and gives what was said."""

    def run(wrong: Wrong, argv: Sequence[str]) -> str:
        monkeypatch.chdir(clean_world)
        files = write_files()
        monkeypatch.setenv(*wrong.environ)
        if wrong.config:
            with_profile(clean_world, *wrong.config)
        before = everything()
        outcome = bureau(*argv, wiring=refusing())
        assert (outcome.code, outcome.out) == (wrong.code, b""), outcome.err
        assert everything() == before
        assert {path: path.read_bytes() for path in files} == files
        assert not list(Path().glob(".*.part"))
        return str(outcome.err)

    return run


def write_files() -> dict[Path, bytes]:
    """Files as users have them, with their content."""
    contents = files_of_users()
    for path, content in contents.items():
        path.write_bytes(content)
    Path("token").chmod(0o644)
    Path("folder.csv").mkdir()
    Path("link.csv").symlink_to("behind.csv")
    return contents


@cache
def files_of_users() -> dict[Path, bytes]:
    contents = {
        "nocolumn.csv": "Firma;Sted\nBakeriet;Ås\n".encode(),
        "wrong.csv": b"orgnr\n\n1000x\n",
        "hole.csv": b"navn;orgnr\n;\nBakeriet;\n",
        "damaged.xlsx": workbook("klientnr")[:-200],
        "bomb.xlsx": bomb(),
        "nocolumn.xlsx": workbook("Firma", "Sted"),
        "taken.csv": b"mine",
        "behind.csv": b"mine too",
        "token": b"s3cret",
    }
    return {Path(name): content for name, content in contents.items()}


def workbook(*heads: str) -> bytes:
    book, out = Workbook(), BytesIO()
    book.active.append(list(heads))
    book.active.append(["10001"] * len(heads))
    book.save(out)
    return out.getvalue()


def bomb() -> bytes:
    """A workbook of a few kilobytes that unpacks to 30 MB."""
    out = BytesIO(workbook("klientnr"))
    with ZipFile(out, "a", ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/image1.png", bytes(30 * 2**20))
    return out.getvalue()


def check(said: str, wrong: Wrong) -> None:
    first, *_, last = said.splitlines()
    assert first.startswith("error: ")
    assert last.startswith("fix: ")
    assert wrong.says in said
    assert wrong.fix in last
    assert "Traceback" not in said
    assert "s3cret" not in said


@pytest.mark.parametrize("wrong", SELECTIONS, ids=lambda wrong: wrong.line)
@pytest.mark.parametrize("command", [("clients", "list"), ("groups", "add", "paused", "--yes")], ids=" ".join)
def test_a_wrong_selection_is_told_and_nothing_is_changed(told: Any, command: Sequence[str], wrong: Wrong) -> None:
    check(told(wrong, [*command, *wrong.line.split(" ")]), wrong)


@pytest.mark.parametrize("wrong", ANYTHING, ids=lambda wrong: wrong.line or wrong.says)
def test_a_wrong_option_or_configuration_is_told(told: Any, wrong: Wrong) -> None:
    check(told(wrong, ["clients", "list", *wrong.line.split()]), wrong)


def test_several_unknown_clients_are_listed_with_their_places(told: Any) -> None:
    wrong = Wrong(
        line="--clients x1,10001,x2", code=5, says="2 of 3 names fit no single client", fix="bureau clients list"
    )
    said = told(wrong, ["clients", "list", *wrong.line.split(" ")])
    check(said, wrong)
    assert said.splitlines()[1:3] == [f"  --clients: {token}: there is no such client" for token in ("x1", "x2")]


def test_the_caret_stands_under_the_place(bureau: Any) -> None:
    said = bureau("clients", "list", "--where", 'payday == 20 and statsu == "active"', wiring=refusing()).err
    shown, caret = said.splitlines()[1:3]
    assert shown[caret.index("^") :].startswith("statsu")
    assert "did you mean status?" in said


def test_files_that_are_right_are_taken(bureau: Any, clean_world: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: it is what is wrong with them that makes the files above refused."""
    monkeypatch.chdir(clean_world)
    Path("good.xlsx").write_bytes(workbook("klientnr"))
    Path("token").write_bytes(b"t0ken")
    assert bureau("clients", "list", "--clients", "@good.xlsx", "--out", "new.csv").code == 0
    assert bureau("clients", "list", "--clients", "@good.xlsx", "--out", "new.csv", "--force").code == 0


@pytest.mark.parametrize("wrong", ["--fields nope", "--out taken.csv", "--out x.pdf", "--out no/x.csv"])
@pytest.mark.parametrize("change", ["groups add paused --clients 10001 --yes --sort number", "groups create oslo"])
def test_a_change_is_not_made_whose_answer_cannot_be_given(told: Any, change: str, wrong: str) -> None:
    told(Wrong(line=wrong, says="", fix=""), [*change.split(), *wrong.split()])


def test_a_change_is_not_made_whose_report_cannot_be_sorted(told: Any) -> None:
    line = "groups add paused --clients 10001 --yes --sort nope"
    told(Wrong(line=line, says="", fix=""), line.split())
