"""Who is to own a client after somebody: proposed from who else works there, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bureau_cli.domain.access import Access, InferredOwner


@dataclass(frozen=True, slots=True, kw_only=True)
class Successor:
    """Who owns a client next, None for nobody, and what speaks for it; nothing where it was simply said."""

    login: str | None
    why: str | None

    @property
    def told(self) -> str | None:
        """What speaks for it, in a sentence."""
        return " ".join(filter(None, (self.login, self.why))) if self.why else None


def proposed(leaver: str, there: Sequence[Access], ran: InferredOwner | None) -> Successor | None:
    """Who ran the latest payroll if that was another, else who worked there last; None where nobody is fit to own it.

    `there` is the access to the client that is not over. Only who could go on working counts: with access today that
    no last day limits, with a role in the bureau, and not gone. A client that has left has no `ran` and needs no owner.
    """
    if ran is None:
        return Successor(login=None, why="the client has left")
    fit = [access for access in there if access.user.login != leaver and _could_own(access)]
    runner = ran.inferred.login if ran.inferred else None
    if ran.basis and any(access.user.login == runner for access in fit):
        return Successor(login=runner, why=f"ran {ran.basis.period}, paid {ran.basis.pay_date}")
    used = [access for access in fit if access.last_used is not None]
    if used:
        newest = min(used, key=lambda access: (-(access.last_used or date.min).toordinal(), access.user.login))
        return Successor(login=newest.user.login, why=f"worked there last, on {newest.last_used}")
    if len(fit) == 1:
        return Successor(login=fit[0].user.login, why="is the only other one with access")
    return None


def _could_own(access: Access) -> bool:
    works = access.user_active and access.bureau_role != "none"
    return works and access.state == "running" and access.ends is None
