"""Plans as files: whatever is in a plan is read back as it was, but for what must not be kept."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bureau_cli.bulk.plan import Plan, Step
from bureau_cli.bulk.report import Outcome, State
from bureau_cli.bulk.saved import Planner, SavedPlan, is_plan, read_plan
from bureau_cli.errors import PlanForeign

MADE_AT = datetime(2026, 11, 23, 12, tzinfo=UTC)
PLANNER = Planner(profile="demo", platform="embedded", bureau="310000001", user="kari.nordmann")
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
JSON = st.recursive(
    TEXT | st.none() | st.booleans() | st.integers(),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(TEXT, inner, max_size=2),
    max_leaves=4,
)
STEPS = st.builds(
    Step, key=TEXT, subject=TEXT, name=TEXT, action=TEXT, body=JSON, target=TEXT, request=TEXT, why=st.none() | TEXT
)
OUTCOMES = st.builds(
    Outcome,
    subject=TEXT,
    name=TEXT,
    action=TEXT,
    state=st.sampled_from(State),
    code=st.none() | TEXT,
    reason=st.none() | TEXT,
    target=TEXT,
)
PLANS = st.builds(
    Plan,
    noun=st.just("groups"),
    headline=TEXT,
    steps=st.lists(STEPS, max_size=3),
    settled=st.lists(OUTCOMES, max_size=2),
    consequences=st.lists(OUTCOMES, max_size=2),
    unit=TEXT,
    versions=st.dictionaries(TEXT, st.none() | TEXT, max_size=2),
)


def written(plan: Plan, shown: Callable[[str], str] = str) -> str:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "p.json"
        SavedPlan(plan=plan, planner=PLANNER, made_at=MADE_AT).write(path, overwrite=False, shown=shown)
        return path.read_text(encoding="utf-8")


@given(plan=PLANS)
def test_a_plan_is_read_back_as_it_was(plan: Plan) -> None:
    text = written(plan)
    assert is_plan(text)
    assert read_plan("p.json", text, noun="groups") == SavedPlan(plan=plan, planner=PLANNER, made_at=MADE_AT)


def test_a_name_that_must_not_be_seen_is_not_kept_and_what_is_sent_is_untouched() -> None:
    step = Step(key="k", subject="1", name="s3cret", action="add", body={"title": "s3cret"}, why="for s3cret")
    text = written(Plan(noun="groups", headline="", steps=[step]), lambda seen: seen.replace("s3cret", "…"))
    saved = read_plan("p.json", text, noun="groups")
    (kept,) = saved.plan.steps
    assert (kept.name, kept.why, kept.body) == ("…", "for …", {"title": "s3cret"})


@pytest.mark.parametrize("part", ["profile", "platform", "bureau", "user"])
def test_a_plan_belongs_to_one_user_at_one_place(part: str) -> None:
    saved = SavedPlan(plan=Plan(noun="groups", headline="", steps=[]), planner=PLANNER, made_at=MADE_AT)
    saved.require_planner(PLANNER)
    with pytest.raises(PlanForeign) as refused:
        saved.require_planner(replace(PLANNER, **{part: "elsewhere"}))
    assert [detail.where for detail in refused.value.details] == [part]
