"""Expressions that callers write: held against the names there are, and refused with the place of a mistake."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from bureau_cli.platform.problems import Problem, flaw

if TYPE_CHECKING:
    from bureau_cli.platform.calls import Deed
    from bureau_cli.platform.where import Condition, Names

# The language is imported where an expression is met: few requests have one, and starting is to be quick.


def condition_of(deed: Deed, text: str, pointer: str) -> Condition:
    """Turn an expression into SQL over `client`; raise the Problem of one that cannot be read."""
    from bureau_cli.platform import where  # noqa: PLC0415 - see above

    with _telling_the_place(pointer):
        return where.to_sql(where.parse(text), _known_names(deed), prefix=pointer.rpartition("/")[2])


def require_rule(deed: Deed, text: str) -> None:
    """Raise the Problem of a text that cannot be the rule of a group."""
    from bureau_cli.platform import where  # noqa: PLC0415 - see above

    with _telling_the_place("/rule"):
        where.to_sql(where.parse_rule(text), _known_names(deed))


@contextmanager
def _telling_the_place(pointer: str) -> Iterator[None]:
    from bureau_cli.platform.where import WhereError  # noqa: PLC0415 - see above

    try:
        yield
    except WhereError as error:
        raise Problem(
            "where_invalid",
            f"At character {error.position}: {error.message}",
            errors=[flaw(pointer, error.message, position=error.position)],
        ) from error


def _known_names(deed: Deed) -> Names:
    from bureau_cli.platform.where import Names  # noqa: PLC0415 - see above

    return Names(me=deed.caller.login, logins=_Logins(deed), slugs=_Slugs(deed))


class _Logins:
    """The logins of the caller's bureau, asked for one by one."""

    def __init__(self, deed: Deed) -> None:
        self._deed = deed

    def __contains__(self, login: object) -> bool:
        return _exists(self._deed, "SELECT 1 FROM user WHERE bureau_id = ? AND login = ?", login)


class _Slugs:
    """The slugs of the caller's bureau, asked for one by one."""

    def __init__(self, deed: Deed) -> None:
        self._deed = deed

    def __contains__(self, slug: object) -> bool:
        return _exists(self._deed, "SELECT 1 FROM client_group WHERE bureau_id = ? AND slug = ?", slug)


def _exists(deed: Deed, sql: str, value: object) -> bool:
    return deed.db.execute(sql, (deed.caller.bureau_id, value)).fetchone() is not None
