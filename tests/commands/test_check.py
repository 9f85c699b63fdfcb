"""`check`: 0 only where it is proven, 9 with exactly what is wrong, 10 where nobody can tell."""

from __future__ import annotations

from typing import Any

import pytest

CHECK = ("check", "access")
TODAY = "2026-11-23"
OFFENDERS = f"""
WITH held AS (
    SELECT access.*, number, user.login AS who, user.role AS console,
        (user.left_on IS NULL OR user.left_on >= '{TODAY}') AS here
    FROM access JOIN user ON user.id = access.user_id JOIN client ON client.id = access.client_id
    WHERE (ends IS NULL OR ends >= '{TODAY}') AND ended_at IS NULL
),
running AS (SELECT * FROM held WHERE starts <= '{TODAY}')
SELECT 'has_left' AS finding, number, who FROM held WHERE NOT here
UNION ALL SELECT 'no_role', number, who FROM held WHERE here AND console = 'none'
UNION ALL SELECT 'nobody', number, NULL FROM client WHERE status <> 'left'
    AND number NOT IN (SELECT number FROM running WHERE here AND console <> 'none')
UNION ALL SELECT 'no_owner', number, NULL FROM client WHERE status <> 'left'
    AND number IN (SELECT number FROM running WHERE here AND console <> 'none')
    AND number NOT IN (SELECT number FROM running WHERE role = 'owner')
"""  # noqa: S608 - written above


def found(outcome: Any) -> set[tuple[str, str, str | None]]:
    return {(row["finding"], row["number"], row["user"]) for row in outcome.json["data"]}


@pytest.fixture
def in_order(sql: Any) -> str:
    """A client at which nothing is wrong, of the caller's own."""
    assert "10001" not in {row["number"] for row in sql(OFFENDERS)}
    return "10001"


def test_exit_9_names_exactly_the_offenders_that_plain_sql_finds(bureau: Any, sql: Any) -> None:
    sql("UPDATE user SET role = 'none' WHERE login = 'geir.berg'")
    expected = {(row["finding"], row["number"], row["who"]) for row in sql(OFFENDERS)}
    assert {finding for finding, _, _ in expected} == {"has_left", "no_role", "nobody", "no_owner"}
    checked = bureau(*CHECK, "-o", "json")
    assert (checked.code, found(checked)) == (9, expected)
    assert checked.err.startswith("120 clients: 3 has left, ")


def test_the_worst_comes_first_with_a_reason_and_whom_to_turn_to(bureau: Any) -> None:
    rows = bureau(*CHECK, "-o", "json").json["data"]
    ranks = ["has_left", "no_role", "nobody", "no_owner"]
    assert [row["finding"] for row in rows] == sorted((row["finding"] for row in rows), key=ranks.index)
    assert (rows[0]["number"], rows[0]["user"], rows[0]["owner"] is not None) == ("10010", "marte.kirkerud", True)
    assert rows[0]["reason"].startswith("has left the bureau; member since 20")
    assert {(row["number"], row["reason"].split(":")[0]) for row in rows if row["user"] is None} >= {
        ("10015", "nobody has access"),
        ("10012", "members only"),
    }


def test_exit_0_where_everything_was_seen_and_is_in_order(bureau: Any, in_order: str) -> None:
    checked = bureau(*CHECK, "--clients", in_order, "-o", "json")
    assert (checked.code, checked.json["data"], checked.err) == (0, [], "1 client: nothing found\n")
    assert checked.json["meta"]["as_of"] is not None


def test_quiet_stills_the_talk_but_not_the_answer(bureau: Any) -> None:
    quiet = bureau(*CHECK, "--quiet")
    assert (quiet.code, quiet.err, len(quiet.lines)) == (9, "", 7)


@pytest.mark.parametrize("said", ["--where name=='Ingen'", "--clients -"])
def test_exit_10_where_no_client_was_looked_at(bureau: Any, said: str) -> None:
    checked = bureau(*CHECK, *said.split(), "--quiet", "-o", "json")
    assert (checked.code, checked.json["data"]) == (10, [])
    assert checked.err == "no client fits the selection, so nothing is proven\n"


def test_exit_10_where_the_caller_does_not_see_who_has_access(bureau: Any, acting_as: Any, in_order: str) -> None:
    assert bureau(*CHECK, "--clients", in_order).code == 0, "the leader can tell"
    acting_as("ola.admin")
    checked = bureau(*CHECK, "--clients", in_order, "-o", "json")
    assert (checked.code, found(checked)) == (10, {("unknown", in_order, None)})
    assert checked.err == "1 client: 1 unknown\n"
    assert bureau(*CHECK, "--clients", "10006").code == 0, "it is one of their own"


def test_what_is_proven_outranks_what_is_unknown_and_both_are_listed(bureau: Any, acting_as: Any) -> None:
    acting_as("ola.admin")
    checked = bureau(*CHECK, "--clients", "10001,10015,10012", "-o", "json")
    assert checked.code == 9
    assert {row["finding"] for row in checked.json["data"]} == {"nobody", "no_owner", "unknown"}


def test_a_client_whom_only_leavers_have_access_to_has_nobody(bureau: Any, sql: Any) -> None:
    others = "SELECT id FROM user WHERE login <> 'marte.kirkerud'"
    client = "SELECT id FROM client WHERE number = '10010'"
    sql(f"UPDATE access SET ended_at = 0 WHERE client_id = ({client}) AND user_id IN ({others})")  # noqa: S608 - above
    rows = bureau(*CHECK, "--clients", "10010", "-o", "json").json["data"]
    assert [(row["finding"], row["reason"]) for row in rows][1:] == [
        ("nobody", "only marte.kirkerud, who cannot work in the console")
    ]
