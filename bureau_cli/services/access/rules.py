"""What the platform would refuse of a wish for access, told before anything is sent: by the same rules."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from bureau_cli.domain.access import UNSAID, Wish
from bureau_cli.domain.users import OVERSEERS
from bureau_cli.services.access.situation import Situation
from bureau_cli.services.access.standing import INVITED, OWNER, Present, Standing

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Refusal:
    """The contract's code and a plain reason."""

    code: str
    reason: str


NOT_SEEN = Refusal("no_access", "you have no access to the client yourself")


def is_so(wish: Wish, now: Standing | None, today: date) -> bool:
    """Whether a wish is true already; who has nothing needs no end, and who goes sooner goes."""
    if wish.role is None:
        if now is None or (now.role == OWNER and wish.new_owner is not UNSAID):
            return now is None
        return wish.ends is not None and now.ends is not None and now.ends <= wish.ends
    if now is None or (now.role, now.ends) != (wish.role, wish.ends):
        return False
    begins = now.starts == (wish.starts or today) or (now.starts <= today and not _begun_too_soon(wish, now, today))
    source = wish.source in {None, now.source} or now.source == INVITED
    return begins and source and wish.reason in {None, now.reason}


def _begun_too_soon(wish: Wish, now: Standing | None, today: date) -> bool:
    """Whether access that is to begin only on a later day has begun."""
    begins = wish.starts if wish.begins_only_then else None
    return now is not None and begins is not None and now.starts <= today < begins


def takes_ownership(wish: Wish, now: Standing | None) -> bool:
    """Whether a wish takes a client from its owner, now or on a last day."""
    if wish.role == OWNER:
        return wish.ends is not None
    return now is not None and now.role == OWNER


def is_long_before(wish: Wish, starts: date) -> bool:
    """Whether days would be left between what is wished for and access that begins on a day."""
    return wish.ends is not None and wish.ends + ONE_DAY < starts


def why_not(wish: Wish, present: Present, situation: Situation) -> Refusal | None:
    """Why a wish that is not so yet cannot come true, None where it can."""
    now = present.get(wish.user)
    return (
        _no_right(wish, situation)
        or _not_of_here(wish, situation)
        or _bad_days(wish, now, situation.today)
        or _gap(wish, now, situation.today)
        or _invited(wish, now)
        or _bad_owner(wish, present)
    )


def _no_right(wish: Wish, situation: Situation) -> Refusal | None:
    caller = situation.caller
    if caller.role not in OVERSEERS:
        return Refusal("role_forbids", f"the role {caller.role} gives nobody access")
    return None if situation.sees(wish.client.id) else NOT_SEEN


def _not_of_here(wish: Wish, situation: Situation) -> Refusal | None:
    """A user who is not there, or has left and would be given something."""
    given = [wish.user] if wish.role is not None else []
    if wish.new_owner is not UNSAID and wish.new_owner is not None:
        given.append(wish.new_owner)
    for login in given:
        user = situation.users.get(login)
        if user is None:
            return Refusal("user_not_found", f"no user of the bureau is called {login}")
        if not user.active:
            return Refusal("user_left", f"{login} has left the bureau")
    return None


def _bad_days(wish: Wish, now: Standing | None, today: date) -> Refusal | None:
    if now is not None and _begun_too_soon(wish, now, today):
        return Refusal(
            "access_gap", f"there is access since {now.starts}, which has to end before it begins on {wish.starts}"
        )
    asked = wish.starts if wish.role is not None else None
    begun = now if now is not None and now.starts <= today else None
    starts = today if asked is None or begun is not None else asked
    if starts < today:
        return Refusal("date_passed", f"{starts} has passed")
    if wish.ends is not None and wish.ends < starts:
        return Refusal("date_passed", f"{wish.ends} lies before {'today' if starts == today else starts}")
    if wish.role == OWNER and starts > today:
        return Refusal("owner_begins_at_once", "an owner begins today")
    return None


def _gap(wish: Wish, now: Standing | None, today: date) -> Refusal | None:
    """Days in between, which one access cannot leave out."""
    if wish.role is None or now is None:
        return None
    if now.starts > today:
        reason = f"there is access from {now.starts}, so it cannot end on {wish.ends}"
        return Refusal("access_gap", reason) if wish.adds and is_long_before(wish, now.starts) else None
    if now.ends is not None and wish.starts is not None and wish.starts > now.ends + ONE_DAY:
        return Refusal("access_gap", f"there is access until {now.ends}, so it cannot begin on {wish.starts}")
    return None


def _invited(wish: Wish, now: Standing | None) -> Refusal | None:
    if now is None or now.source != INVITED or (wish.role is not None and wish.ends == now.ends):
        return None
    return Refusal("access_invited", "the client invited the user itself, so only the client can end or limit this")


def _bad_owner(wish: Wish, present: Present) -> Refusal | None:
    if not takes_ownership(wish, present.get(wish.user)):
        return None
    if wish.new_owner is UNSAID and wish.role == OWNER:
        return Refusal("owner_needed", f"nobody would own the client after {wish.ends}: say so with --new-owner none")
    if wish.new_owner is UNSAID:
        return Refusal("owner_needed", f"{wish.user} owns the client: say who owns it next, or that nobody does")
    return None if wish.new_owner is None else _bad_heir(wish, present.get(wish.new_owner))


def _bad_heir(wish: Wish, heir: Standing | None) -> Refusal | None:
    if wish.new_owner == wish.user:
        return Refusal("invalid_request", f"{wish.user} cannot be the owner after themself: name another, or none")
    if wish.role == OWNER:
        return Refusal("invalid_request", f"who owns the client after {wish.ends} is said when that day has come")
    if heir is not None and heir.ends is not None:
        return Refusal("owner_needed", f"the access of {heir.login} has a last day, so they cannot be the next owner")
    return None
