"""The documents: links that lead somewhere, decisions that can be told apart."""

from __future__ import annotations

import re
import shlex
from collections import Counter
from collections.abc import Iterator
from itertools import takewhile
from pathlib import Path

import pytest

from bureau_cli.commands._line import levels, parsed

ROOT = Path(__file__).parents[1]
DOCUMENTS = [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")]
DECISIONS = sorted(ROOT.glob("docs/decisions/*.md"))


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_link_leads_to_a_file(document: Path) -> None:
    links = re.findall(r"\]\(([^)#:]+)\)", document.read_text(encoding="utf-8"))
    assert [link for link in links if not (document.parent / link).exists()] == []


def test_decisions_are_numbered_one_by_one() -> None:
    numbers = range(1, len(DECISIONS) + 1)
    assert [path.name[:5] for path in DECISIONS] == [f"{number:04}-" for number in numbers]
    assert [path.read_text(encoding="utf-8").split(".")[0] for path in DECISIONS] == [f"# {one}" for one in numbers]


def test_the_glossary_explains_each_word_once() -> None:
    glossary = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    words = re.findall(r"^\| ([^|]+) \|", glossary, re.MULTILINE)
    assert [word for word, times in Counter(words).items() if times > 1] == []


def recipes() -> list[str]:
    text = (ROOT / "docs" / "cron.md").read_text(encoding="utf-8")
    return [
        line
        for block in re.findall(r"```sh\n(.*?)```", text, re.DOTALL)
        for line in re.findall("bureau [^|;\n]*", block)
    ]


@pytest.mark.parametrize("recipe", recipes())
def test_a_recipe_for_cron_can_be_parsed_and_says_its_yes(recipe: str) -> None:
    words = shlex.split(recipe)[1:]
    if words[0] != "schedule":
        line = parsed(words)
        assert not line.changes or line.said & {"yes"} or not line.asks
        assert "cron" in line.said
    elif words[1] == "add":
        assert list(levels(words))
        parsed(words[words.index("--") + 1 :])


def shown() -> Iterator[list[str]]:
    """The words after each `bureau` that the README and the pages about month-end and reports show a reader to type."""
    for name in "README.md", "docs/month-end.md", "docs/reports.md":
        for block in re.findall(r"```(?:sh|console)\n(.*?)```", (ROOT / name).read_text(encoding="utf-8"), re.DOTALL):
            for line in re.findall(r"^(?:\$ )?((?:for |bureau ).*bureau .*|bureau .*)$", block, re.MULTILINE):
                lexer = shlex.shlex(line, posix=True, punctuation_chars=True)
                lexer.whitespace_split = True
                words = list(lexer)
                for at in (at for at, word in enumerate(words) if word == "bureau"):
                    yield list(takewhile(lambda word: not set(word) <= {*"|&;<>()"}, words[at + 1 :]))


def test_every_line_shown_is_one_the_command_tree_knows() -> None:
    lines = [words for words in shown() if words[0] != "schedule"]
    assert len(lines) > 70
    for words in lines:
        parsed(words)


def test_the_board_in_the_readme_is_what_a_screen_shows() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    [board] = re.findall(r"```console\n\$ bureau status --owner fatima.dahl --open\n(.*?)```", readme, re.DOTALL)
    screen = (ROOT / "tests" / "golden" / "status" / "nb.80.txt").read_text(encoding="utf-8").splitlines()
    rows = [row for row in board.splitlines() if row != "…"]
    assert len(rows) > 8
    assert [row for row in rows if row not in screen] == []
