"""The documents: links that lead somewhere, decisions that can be told apart."""

from __future__ import annotations

import re
import shlex
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
