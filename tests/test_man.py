"""Man pages: complete, without complaint from the formatter, and showing any text as it is."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from generate import roff
from generate.tree import Node, commands, names_of

PAGES = Path(__file__).parents[1] / "man"
TREE = list(commands())
HOSTILE = [
    ".so /etc/passwd", "'br", r"\fBbold\fP \n(.f \\", '"quoted" \'single\'', "--long-option", "a ^ b ~ c ` d | e",
    "…|@FILE|-", "lønnslipp på 1 000 kr; ferdig",
]  # fmt: skip


def rendered(page: str) -> str:
    """What a terminal shows, in lines as long as they need be."""
    if shutil.which("groff") is None:
        pytest.skip("groff is not installed")
    command = ["groff", "-ww", "-k", "-Tutf8", "-P-cbou", "-man", "-rLL=900n"]
    done = subprocess.run(command, input=page, capture_output=True, text=True, check=True)
    assert done.stderr == ""
    return done.stdout


def line(node: Node) -> str:
    return " ".join(("bureau", *node.words))


@pytest.mark.parametrize("node", [node for node in TREE if not node.is_group], ids=line)
def test_every_command_is_on_the_page_of_its_group_with_its_own_options(node: Node) -> None:
    page = (PAGES / f"bureau-{node.words[0]}.1").read_text()
    everywhere = (PAGES / "bureau.1").read_text()
    assert roff.bold(line(node)) in page
    for option in node.options:
        if "--help" not in option.opts:
            told = ", ".join(map(roff.bold, names_of(option)))
            assert told in page or told in everywhere


@pytest.mark.slow
@pytest.mark.parametrize("path", sorted(PAGES.iterdir()), ids=lambda path: path.name)
def test_the_formatter_has_nothing_to_say_of_a_page(path: Path) -> None:
    assert path.name.removesuffix(".1") in rendered(path.read_text())


@pytest.mark.slow
@pytest.mark.parametrize("told", HOSTILE)
def test_any_text_is_shown_as_it_is(told: str) -> None:
    page = "\n".join(['.TH X 1 "" x x', ".SH NAME", *roff.entry(roff.bold(told), told), ".PP", roff.text(told), ""])
    assert rendered(page).count(told.replace("…", "...")) == 3


@pytest.mark.slow
def test_the_control_the_formatter_complains_of_what_is_not_escaped() -> None:
    with pytest.raises(AssertionError):
        rendered('.TH X 1 "" x x\n.SH NAME\n.nonsense \\fQ\n')
