"""`/v1/users`: the people of the bureau, and their roles in it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from bureau_cli.api.clients import pairs
from bureau_cli.api.pages import Pages
from bureau_cli.api.reading import day, flag, optional, read_as, text, whole
from bureau_cli.api.retry import Safety
from bureau_cli.api.wire import Call, Wire
from bureau_cli.domain.users import User
from bureau_cli.errors import PreconditionFailed, UserNotFound

PAGE_SIZE = 500


class UsersApi:
    """Reads users and gives them roles."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    def list(self, query: Mapping[str, Any], *, most: int | None = None) -> Pages[User]:
        """Everybody the query fits, in the order asked for."""
        return Pages(self._wire, "/v1/users", list(pairs(query)), _user_from, size=PAGE_SIZE, most=most)

    async def get(self, login: str) -> User:
        """One user, with the version that a change must name; `me` is the caller."""
        try:
            answer = await self._wire.send(Call(method="GET", path=_path(login)))
        except UserNotFound as missing:
            missing.fix = "bureau users list"  # whoever may ask for others may list them too
            raise
        return read_as("a user", _user_from, answer.content)

    async def change(self, login: str, etag: str, role: str) -> User:
        """Give a user another role, unless they moved since they were read."""
        body = {"role": role}
        call = Call(method="PATCH", path=_path(login), body=body, headers={"If-Match": etag}, safety=Safety.SET)
        try:
            answer = await self._wire.send(call)
        except PreconditionFailed as moved:
            # Only where our own first attempt may have done it is the difference perhaps ours.
            if moved.resent and (now := await self.get(login)).role == role:
                return now
            raise
        return read_as("a user", _user_from, answer.content)


def _user_from(item: Mapping[str, Any]) -> User:
    return User(
        id=text(item["id"]),
        login=text(item["login"]),
        name=text(item["name"]),
        email=text(item["email"]),
        role=text(item["role"]),
        active=flag(item["active"]),
        left=optional(day, item["left"]),
        two_factor=flag(item["two_factor"]),
        owner_of=whole(item["owner_of"]),
        member_of=whole(item["member_of"]),
        etag=text(item["etag"]),
    )


def _path(login: str) -> str:
    return f"/v1/users/{quote(login, safe='')}"
