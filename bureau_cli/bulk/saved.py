"""A plan as a file: written by `--plan-out`, carried out as it is by the `apply` of its noun."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from bureau_cli.bulk.plan import Plan, Step
from bureau_cli.bulk.report import Outcome, State
from bureau_cli.errors import Detail, DocumentInvalid, PlanForeign
from bureau_cli.files.atomic import replacing

SCHEMA = "bureau/plan@1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Planner:
    """Who made a plan and where: as anybody else, or elsewhere, it is not carried out."""

    profile: str
    platform: str
    bureau: str
    user: str

    def differences(self, other: Planner) -> list[Detail]:
        """In what another is not the same; nothing for the same."""
        ours, theirs = asdict(self), asdict(other)
        return [Detail(name, f"{ours[name]}, not {theirs[name]}") for name in ours if ours[name] != theirs[name]]


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedPlan:
    """A plan, whose it is and when it was made."""

    plan: Plan
    planner: Planner
    made_at: datetime

    def write(self, path: Path, *, overwrite: bool, shown: Callable[[str], str]) -> None:
        """Write it whole, for the user's eyes alone; names and reasons as `shown` lets them be seen.

        Raises:
            FileExists, PlaceInvalid, OutputFailed: it could not be written; what was there is untouched.
        """
        document: dict[str, Any] = {
            "schema": SCHEMA,
            "made_at": self.made_at.isoformat(),
            "planner": asdict(self.planner),
            **as_document(self.plan, shown),
        }
        document["digest"] = _digest(document)
        with replacing(path, overwrite=overwrite) as stream:
            stream.write(json.dumps(document, indent=2, ensure_ascii=False).encode(errors="backslashreplace") + b"\n")

    def require_planner(self, planner: Planner) -> None:
        """See that it belongs to whoever is about to carry it out.

        Raises:
            PlanForeign: it belongs to another.
        """
        if differences := self.planner.differences(planner):
            raise PlanForeign("the plan belongs to another than you are now", details=differences)


def is_plan(text: str) -> bool:
    """Whether a file's text is meant as a saved plan, not as a description in TOML."""
    return text.lstrip().startswith("{")


def read_plan(name: str, text: str, *, noun: str) -> SavedPlan:
    """The plan in a file's text.

    Raises:
        DocumentInvalid: it is no plan, not as it was saved, of another noun, or of a layout that is not known.
    """
    try:
        document = json.loads(text)
    except (ValueError, RecursionError) as fault:
        raise DocumentInvalid(f"{name} is not a whole plan: {fault}", fix="plan again with --plan-out FILE") from fault
    schema = document.get("schema")
    if schema != SCHEMA:
        raise DocumentInvalid(f"{name} is no plan that this version knows: its schema is {schema!r}, not {SCHEMA!r}")
    if document.get("noun") != noun:
        raise DocumentInvalid(
            f"{name} is a plan for {document.get('noun')}, not for {noun}",
            fix=f"bureau {document.get('noun')} apply {name}",
        )
    if document.pop("digest", None) != _digest(document):
        raise DocumentInvalid(f"{name} is not as it was saved", fix="plan again with --plan-out FILE")
    return _saved(document)


def as_document(plan: Plan, shown: Callable[[str], str]) -> dict[str, Any]:
    """A plan as JSON has it; names and reasons as `shown` lets them be seen."""
    return {
        "noun": plan.noun,
        "headline": plan.headline,
        "unit": plan.unit,
        "versions": dict(plan.versions),
        "room": plan.room,
        "steps": [{**_flat(step), **_as_shown(shown, name=step.name, why=step.why)} for step in plan.steps],
        "settled": _kept(plan.settled, shown),
        "consequences": _kept(plan.consequences, shown),
    }


def plan_of(document: Mapping[str, Any]) -> Plan:
    """The plan that was made JSON of.

    Raises:
        LookupError, TypeError, ValueError, AttributeError: it is damaged.
    """
    return Plan(
        noun=document["noun"],
        headline=document["headline"],
        unit=document["unit"],
        versions=document["versions"],
        room=document.get("room"),
        steps=[Step(**step) for step in document["steps"]],
        settled=_outcomes(document["settled"]),
        consequences=_outcomes(document["consequences"]),
    )


def _kept(outcomes: Sequence[Outcome], shown: Callable[[str], str]) -> list[dict[str, Any]]:
    return [{**_flat(one), **_as_shown(shown, name=one.name, reason=one.reason)} for one in outcomes]


def _flat(one: Step | Outcome) -> dict[str, Any]:
    """Its fields as they are: copying what is inside, as asdict does, takes ten times as long."""
    return {field.name: getattr(one, field.name) for field in fields(one)}


def _outcomes(kept: Sequence[Mapping[str, Any]]) -> list[Outcome]:
    return [Outcome(**{**outcome, "state": State(outcome["state"])}) for outcome in kept]


def _as_shown(shown: Callable[[str], str], **texts: str | None) -> dict[str, str | None]:
    return {name: None if text is None else shown(text) for name, text in texts.items()}


def _digest(document: Mapping[str, Any]) -> str:
    """What changes with anything in a plan: so one that was edited is never taken for what was approved."""
    return sha256(json.dumps(document, sort_keys=True).encode()).hexdigest()


def _saved(document: Mapping[str, Any]) -> SavedPlan:
    planner, made_at = Planner(**document["planner"]), datetime.fromisoformat(document["made_at"])
    return SavedPlan(plan=plan_of(document), planner=planner, made_at=made_at)
