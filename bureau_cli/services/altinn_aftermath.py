"""Changes of many to Altinn settings after they were made: whether they are in place, and what takes them back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from bureau_cli.bulk.plan import Plan, Step
from bureau_cli.bulk.report import Outcome, State, counted
from bureau_cli.domain.altinn import AltinnSettings
from bureau_cli.errors import Detail, RunMoved
from bureau_cli.services.altinn import Altinn, plan_of
from bureau_cli.services.altinn_rules import DISABLE, ENABLE, TAG, UNTAG, There, logins_of

OPPOSITE = {ENABLE: DISABLE, DISABLE: ENABLE, TAG: UNTAG, UNTAG: TAG}


class AltinnAftermath:
    """Implements `services.history.Changes` for Altinn settings. `new_key` makes the key of one step."""

    def __init__(self, altinn: Altinn, new_key: Callable[[], str]) -> None:
        self.carry_out = altinn.carry_out
        self._altinn = altinn
        self._new_key = new_key

    def knows_by_key(self, step: Step) -> bool:  # noqa: ARG002 - it is so for each
        """Every item has a key of its own."""
        return True

    async def in_place(self, steps: Sequence[Step]) -> Mapping[str, bool]:
        """By key, whether what each was to bring about is so now; of a client that has left nobody can tell."""
        now = (await self._altinn.of_steps(steps)).settings
        listed = [(step, now[step.body["client"]]) for step in steps if step.body["client"] in now]
        return {step.key: _is_so(step, settings) for step, settings in listed}

    async def reversed(self, steps: Sequence[Step]) -> Plan:
        """What takes these steps back.

        Raises:
            RunMoved: not all that they did is as they left it; the details name each.
        """
        told = [step for step in steps if _why_not(step) is None]
        settled = [Outcome.of(step, State.REFUSED, reason=why) for step in steps if (why := _why_not(step))]
        now = await self._altinn.of_steps(told)
        if moved := [Detail(_place(step), how) for step in told if (how := _how_it_moved(step, now))]:
            raise RunMoved(f"{counted(len(moved), 'change')} of the run cannot be taken back", details=moved)
        back = [self._reverse(step, now.settings[step.body["client"]]) for step in told]
        return plan_of("take back what was done to the Altinn settings of", [*back, *settled], now)

    def _reverse(self, step: Step, now: AltinnSettings) -> Step:
        action = OPPOSITE[step.action]
        body = {"client": step.body["client"], "action": action}
        if step.action in {TAG, UNTAG}:
            body |= {"user": step.party}
        else:
            body |= {"on_top_of": now.etag, "before": logins_of(now)}
        if action == ENABLE:
            body |= {"users": step.body["before"], "tags": step.body["before"]}
        return replace(step, key=self._new_key(), action=action, body=body, why="as before")


def _why_not(step: Step) -> str | None:
    """Why a step cannot be taken back, whatever there is now; None where it may be."""
    if step.body is None:
        return "what it says may not be kept"
    if step.action == DISABLE and "before" not in step.body:
        return "the client had left, and nothing is switched on for it again"
    return None


def _is_so(step: Step, now: AltinnSettings) -> bool:
    if step.action in {ENABLE, DISABLE}:
        return now.partner_settings == (step.action == ENABLE)
    return now.partner_settings and (step.party in logins_of(now)) == (step.action == TAG)


def _how_it_moved(step: Step, there: There) -> str | None:
    """In what way it is not as the run left it, or could not be as it was before; None where it can be taken back."""
    now = there.settings.get(step.body["client"])
    if now is None:
        return "the client is not there any more"
    if step.action == ENABLE and now.partner_settings and set(logins_of(now)) - set(step.body["tags"]):
        return "somebody else was tagged since"
    if not _is_so(step, now):
        return "was changed since"
    lost = _had(step) - set(there.running.get(step.body["client"], ()))
    return f"{', '.join(sorted(lost))} has no running access any more" if lost else None


def _had(step: Step) -> set[str]:
    """Who was tagged before, and would have to be again."""
    if step.action == UNTAG:
        return {step.party}
    return set(step.body["before"]) if step.action == DISABLE else set()


def _place(step: Step) -> str:
    return " ".join(filter(None, (step.subject, step.name, step.party)))
