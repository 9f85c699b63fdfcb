"""The bureau's people: who there is, and which role each has in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto

from bureau_cli.bulk.report import counted
from bureau_cli.domain.states import STATES
from bureau_cli.domain.users import ME, OVERSEERS, User
from bureau_cli.errors import LastOverseer, OwnRole, UserHasLeft
from bureau_cli.services.clients import check_sort
from bureau_cli.services.ports import NamesPort, Stream, UsersPort
from bureau_cli.services.streams import all_of

SORTABLE = ("login", "name", "role")
NONE, ADMINISTRATOR, LEADER = "none", "administrator", "leader"
"""Who gives out roles."""


class Console(Enum):
    """What a change of one role does to the console of the whole bureau."""

    STAYS = auto()
    OPENS = auto()
    CLOSES = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleChange:
    """A user as they are, and the role they are to have."""

    user: User
    role: str
    console: Console

    @property
    def is_nothing(self) -> bool:
        """Whether they have it already."""
        return self.role == self.user.role

    @property
    def headline(self) -> str:
        """It said for a person."""
        who = f"{self.user.name} ({self.user.login})"
        if self.role == NONE:
            return f"take the role {self.user.role} from {who}"
        instead = "" if self.user.role == NONE else f" instead of {self.user.role}"
        return f"give {who} the role {self.role}{instead}"

    @property
    def meaning(self) -> Sequence[str]:
        """What comes of it, a sentence each."""
        told = [] if self.role == NONE else [f"{self.role}: {_in_a_line(STATES[self.role])}"]
        if self.role == NONE:
            clients = self.user.owner_of + self.user.member_of
            stays = f"; access to {counted(clients, 'client')} stays on record, and is of no use" if clients else ""
            told.append(f"the console is closed to {self.user.login} at once, signed in or not{stays}")
        elif self.user.role != NONE:
            told.append(f"it holds at once, also where {self.user.login} is signed in")
        if self.console is Console.OPENS:
            told.append("the first leader: this activates the bureau's console, for everybody who has a role")
        if self.console is Console.CLOSES:
            told.append("the last leader: this switches the bureau's console off, for everybody")
        return told


class Users:
    """Everybody of the bureau."""

    def __init__(self, users: UsersPort, names: NamesPort) -> None:
        self._users = users
        self._names = names

    def all(
        self,
        *,
        roles: Sequence[str] = (),
        active: bool | None = None,
        sort: str | None = None,
        most: int | None = None,
    ) -> Stream[User]:
        """Everybody, or those with one of these roles, or only those who are here, or have left.

        Raises:
            BadUsage: `sort` is none of SORTABLE.
        """
        check_sort(sort, SORTABLE)
        here = None if active is None else str(active).lower()
        query = {"role": tuple(roles), "active": here, "sort": sort}
        whole = most is None and not roles and active is None
        return self._names.of_users(self._users.list(query, most=most), whole=whole)

    async def show(self, login: str) -> User:
        """One user; `me` is the caller."""
        return await self._users.get(login)

    async def foresee_role(self, login: str, role: str) -> RoleChange:
        """What another role would mean.

        Raises:
            OwnRole: it is the caller's own, and no administrator's who becomes leader.
            UserHasLeft: nothing is given to who has left.
            LastOverseer: nobody who stays would be left to give out roles.
        """
        user = await self._users.get(login)
        if role == user.role:
            return RoleChange(user=user, role=role, console=Console.STAYS)
        if user.login == (await self._users.get(ME)).login and (user.role, role) != (ADMINISTRATOR, LEADER):
            raise OwnRole(f"{user.login} is you, and nobody changes their own role")
        if role != NONE and not user.active:
            raise UserHasLeft(f"{user.name} ({user.login}) has left the bureau, and can only be given the role none")
        overseers = await self._overseers()
        stay = [one for one in overseers if one.login != user.login and one.left is None]
        if user.role in OVERSEERS and role not in OVERSEERS and not stay:
            raise LastOverseer(f"{user.login} is the only administrator or leader who stays")
        return RoleChange(user=user, role=role, console=_console(user, role, overseers))

    async def change_role(self, change: RoleChange) -> User:
        """Do what was foreseen, unless the user moved since."""
        if change.is_nothing:
            return change.user
        return await self._users.change(change.user.login, change.user.etag, change.role)

    async def _overseers(self) -> list[User]:
        return await all_of(self.all(roles=OVERSEERS, active=True))


def _in_a_line(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]


def _console(user: User, role: str, overseers: Sequence[User]) -> Console:
    """The console is on for as long as the bureau has a leader who is here."""
    before = {one.login for one in overseers if one.role == LEADER}
    after = before | {user.login} if role == LEADER else before - {user.login}
    if bool(before) == bool(after):
        return Console.STAYS
    return Console.OPENS if after else Console.CLOSES
