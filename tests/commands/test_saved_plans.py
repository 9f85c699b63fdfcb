"""Plans as files: carried out exactly as they are, by whoever made them, while the world is as it was."""

from __future__ import annotations

import json
import stat
from pathlib import Path
from typing import Any

import pytest

WANTED = """
[groups.paused]
title = "Venter"
clients = ["10013", "10001"]
[groups.oslo]
rule = 'zone == "1"'
"""


@pytest.fixture
def saved(bureau: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A plan for a file of groups."""
    monkeypatch.chdir(tmp_path)
    Path("groups.toml").write_text(WANTED, encoding="utf-8")
    planned = bureau("groups", "plan", "groups.toml", "--plan-out", "p.json", "-o", "json")
    assert planned.code == 0
    assert planned.err.endswith("saved; to do it: bureau groups apply p.json\n")
    return Path("p.json")


def test_a_plan_is_saved_for_its_owner_alone_and_replaced_only_when_told(bureau: Any, saved: Path) -> None:
    assert stat.S_IMODE(saved.stat().st_mode) == 0o600
    again = ("groups", "plan", "groups.toml", "--plan-out", "p.json")
    assert bureau(*again).code == 2
    assert bureau(*again, "--force").code == 0


def test_a_saved_plan_holds_no_secret_and_says_whose_it_is(saved: Path) -> None:
    document = json.loads(saved.read_text(encoding="utf-8"))
    assert document["schema"] == "bureau/plan@1"
    assert document["planner"] == {
        "profile": "demo", "platform": "embedded", "bureau": document["planner"]["bureau"], "user": "kari.nordmann"
    }  # fmt: skip
    assert document["versions"].keys() == {"groups/paused", "groups/oslo"}
    assert len({step["key"] for step in document["steps"]}) == 5


def test_a_saved_plan_does_exactly_what_it_says_though_the_file_says_more_now(
    bureau: Any, saved: Path, members: Any, sql: Any
) -> None:
    Path("groups.toml").write_text(WANTED + "[groups.later]\nclients = []\n", encoding="utf-8")
    shown = bureau("groups", "apply", "p.json", "--plan", "-o", "json").json["data"]
    done = bureau("groups", "apply", "p.json", "--yes", "-o", "json")
    assert done.code == 0
    assert [{**one, "outcome": "done"} for one in shown if one["outcome"] == "planned"] == done.json["data"]
    assert len(shown) > len(done.json["data"]) == 5
    assert "by kari.nordmann" in done.err
    assert members("paused") == ["10001", "10013"]
    assert not sql("SELECT 1 FROM client_group WHERE slug = 'later'")
    assert saved.exists()


def test_a_saved_plan_needs_a_yes_as_any_other(bureau: Any, saved: Path, everything: Any) -> None:
    before = everything()
    assert bureau("groups", "apply", str(saved)).code == 7
    assert everything() == before


MOVES = [
    ("groups", "rename", "paused", "--title", "x"),
    ("groups", "add", "paused", "--clients", "10005", "--yes"),
    ("groups", "delete", "paused", "--yes"),
    ("groups", "create", "oslo"),
]


@pytest.mark.parametrize("move", MOVES, ids=" ".join)
def test_a_plan_is_refused_once_the_world_has_moved(bureau: Any, saved: Path, everything: Any, move: Any) -> None:
    assert bureau(*move).code == 0
    before = everything()
    stale = bureau("groups", "apply", str(saved), "--yes")
    assert (stale.code, stale.out) == (6, b"")
    assert "[plan_stale]" in stale.err
    assert f"groups/{'oslo' if 'oslo' in move else 'paused'}: " in stale.err
    assert everything() == before


def test_a_plan_is_carried_out_once(bureau: Any, saved: Path) -> None:
    assert bureau("groups", "apply", str(saved), "--yes").code == 0
    assert bureau("groups", "apply", str(saved), "--yes").code == 6


def test_what_moves_elsewhere_is_no_matter(bureau: Any, saved: Path) -> None:
    assert bureau("groups", "rename", "finance", "--title", "x").code == 0
    assert bureau("groups", "apply", str(saved), "--yes").code == 0


def test_a_plan_of_another_user_is_refused(bureau: Any, saved: Path, acting_as: Any, everything: Any) -> None:
    before = everything()
    acting_as("ola.admin")
    foreign = bureau("groups", "apply", str(saved), "--yes")
    assert (foreign.code, foreign.out) == (2, b"")
    assert "[plan_foreign]" in foreign.err
    assert "user: kari.nordmann, not ola.admin" in foreign.err
    assert everything() == before


def test_the_plan_of_a_selection_is_carried_out_by_apply(bureau: Any, members: Any, tmp_path: Path) -> None:
    path = tmp_path / "a plan.json"
    planned = bureau("groups", "add", "paused", "--clients", "10001,10013", "--plan-out", path, "--yes")
    assert planned.code == 0
    assert planned.err.endswith(f"bureau groups apply '{path}'\n")
    assert len(members("paused")) == 3
    done = bureau("groups", "apply", path, "--yes", "-o", "json")
    assert [(one["number"], one["outcome"]) for one in done.json["data"]] == [("10001", "done"), ("10013", "unchanged")]
    assert len(members("paused")) == 4


def edited(**parts: Any) -> Any:
    return lambda document: {**document, **parts}


DAMAGE = {
    "cut off": lambda _: None,
    "another schema": edited(schema="bureau/plan@9"),
    "another noun": edited(noun="access"),
    "no steps": lambda document: {name: part for name, part in document.items() if name != "steps"},
    "a step less": lambda document: {**document, "steps": document["steps"][1:]},
    "a step that sends something else": lambda d: {**d, "steps": [{**step, "body": "x"} for step in d["steps"]]},
    "a step for another group": lambda d: {**d, "steps": [{**step, "target": "finance"} for step in d["steps"]]},
    "another planner": lambda d: {**d, "planner": {**d["planner"], "user": "ola.admin"}},
    "no digest": lambda document: {name: part for name, part in document.items() if name != "digest"},
}  # fmt: skip


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_damaged_plan_is_told_and_nothing_is_done(bureau: Any, saved: Path, everything: Any, damage: str) -> None:
    before = everything()
    text = saved.read_text(encoding="utf-8")
    document = DAMAGE[damage](json.loads(text))
    saved.write_text(text[: len(text) // 2] if document is None else json.dumps(document), encoding="utf-8")
    refused = bureau("groups", "apply", str(saved), "--yes")
    assert (refused.code, refused.out) == (2, b"")
    assert "p.json" in refused.err
    assert "[document_invalid]" in refused.err
    assert everything() == before
