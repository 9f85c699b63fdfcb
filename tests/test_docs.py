"""The documents: links that lead somewhere, decisions that can be told apart."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

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
