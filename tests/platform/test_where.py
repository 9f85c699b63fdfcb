"""The where language: its grammar and positions, and that SQL agrees with what the words mean."""

from __future__ import annotations

import asyncio
import shutil
import unicodedata
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bureau_cli.platform.embedded import Platform
from bureau_cli.platform.where import Names, WhereError, parse, to_sql

from .conftest import Api, HandClock
from .test_names import plain

NAMES = Names(me="kari.nordmann", logins={"kari.nordmann", "ola.admin"}, slugs={"payday-20", "paused"})
DAYS = ("2019-06-30", "2025-01-01", "2026-02-20")
# Every field with values of its own, and how a shown client's values are read for it. Many-valued ones are lists.
FIELDS = {
    "number": (("10001", "10020", "1002"), lambda c: c["number"]),
    "orgnr": (("213536818", "3"), lambda c: c["orgnr"]),
    "form": (("AS", "ENK", "KF"), lambda c: c["form"]),
    "status": (("active", "left", "leaving", "onboarding"), lambda c: c["status"]),
    "payday": ((12, 15, 20, 25, 31, 7), lambda c: c["paydays"]),
    "zone": (("1", "1a", "4", "5"), lambda c: [site["zone"] for site in c["sites"]]),
    "sector": (("ordinary", "finance", "agriculture"), lambda c: [site["sector"] for site in c["sites"]]),
    "owner": (("kari.nordmann", "ola.admin", None), lambda c: c["owner"] and c["owner"]["login"]),
    "member": (("marte.kirkerud", "ola.admin"), lambda c: [one["login"] for one in c["members"]]),
    "group": (("payday-20", "paused", "finance"), lambda c: c["groups"]),
    "employees": ((0, 1, 5, 12, 50), lambda c: c["active_employees"]),
    "active_employees": ((3, 30), lambda c: c["active_employees"]),
    "onboarded": (DAYS, lambda c: c["onboarded"]),
    "left": ((*DAYS, None), lambda c: c["left"]),
    "linked_via": (("onboarded", "group", "internal"), lambda c: c["linked_via"]),
    "access": (("owner", "member", None), lambda c: c["my_access"]),
    "altinn_settings": ((True, False), lambda c: c["altinn"]["partner_settings"]),
    "delegation": (("granted", "missing", "pending"), lambda c: c["altinn"]["delegation"]),
    "name": (("Rør [as]", "Å", "m"), lambda c: c["name"]),
}
ORDERED = {"number", "orgnr", "payday", "employees", "active_employees", "onboarded", "left"}
SEARCHED = {"number", "orgnr", "form", "status", "name", "owner", "linked_via", "delegation"}
MANY = {"payday", "zone", "sector", "member", "group"}
COMPARED = {"<": lambda a, b: a < b, "<=": lambda a, b: a <= b, ">": lambda a, b: a > b, ">=": lambda a, b: a >= b}


@pytest.fixture(scope="module")
def world(template, tmp_path_factory):
    """A leader's view of a small portfolio, for many expressions."""
    path = shutil.copy(template, tmp_path_factory.mktemp("where") / "demo.db")
    with Platform.open(path, clock=HandClock()) as platform, asyncio.Runner() as runner:
        yield Api(platform.asgi(), platform.token(platform.demo_login, timedelta(hours=9)), runner)


@pytest.fixture(scope="module")
def everyone(world):
    return world.all("/v1/clients")


def written(value):
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    return str(value) if isinstance(value, int) else f'"{value}"'


def operators_of(field, value):
    operators = ["==", "!=", "in"]
    if field in ORDERED and value is not None:
        operators += COMPARED
    if (field in SEARCHED or field in MANY) and value is not None:
        operators.append("contains")
    return operators


@st.composite
def parts_of(draw, text):
    """Some part of a text, in either case."""
    start, end = sorted(draw(st.lists(st.integers(0, len(text)), min_size=2, max_size=2)))
    return draw(st.sampled_from([text[start:end], text[start:end].swapcase()]))


@st.composite
def comparisons(draw):
    """Text of one comparison, and what it means for a client as the API shows it."""
    field = draw(st.sampled_from(sorted(FIELDS)))
    values, read = FIELDS[field]
    one = draw(st.sampled_from(values))
    operator = draw(st.sampled_from(operators_of(field, one)))
    if operator == "contains" and field not in MANY:
        one = draw(parts_of(one))
    several = draw(st.lists(st.sampled_from(values), min_size=1, max_size=3))

    def holds(client):
        found = read(client)
        return any(fits(each) for each in found) if field in MANY else fits(found)

    def fits(found):
        if operator in COMPARED:
            return found is not None and COMPARED[operator](found, one)
        if operator == "in":
            return found in several
        if operator == "contains" and field not in MANY:
            return found is not None and plain(one) in plain(found)
        return found == one

    if operator == "in":
        return f"{field} in ({', '.join(map(written, several))})", holds
    if operator == "!=":
        return f"{field} != {written(one)}", lambda client: not holds(client)
    return f"{field} {operator} {written(one)}", holds


def joined(parts, word, together):
    texts, meanings = zip(*parts, strict=True)
    return f"({f' {word} '.join(texts)})", lambda client: together(meaning(client) for meaning in meanings)


expressions = st.recursive(
    comparisons(),
    lambda inner: st.one_of(
        inner.map(lambda one: (f"not {one[0]}", lambda client: not one[1](client))),
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: joined(parts, "and", all)),
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: joined(parts, "or", any)),
    ),
    max_leaves=8,
)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(expression=expressions)
def test_sql_agrees_with_what_the_words_mean(world, everyone, expression):
    text, holds = expression
    answer = world.get("/v1/clients", params={"where": text, "limit": 500})
    assert answer.status_code == 200, answer.text
    assert [client["id"] for client in answer.json()["items"]] == [c["id"] for c in everyone if holds(c)]


def refusal(text):
    try:
        to_sql(parse(text), NAMES)
    except WhereError as error:
        return error
    return None


@settings(max_examples=300, deadline=None)
@given(text=st.text(max_size=80) | st.text(alphabet="ab ()'\"\\=!<>,andornotpayday20 \x00", max_size=60))
def test_any_text_is_either_understood_or_refused_with_a_position_in_it(text):
    error = refusal(text)
    assert error is None or (0 <= error.position <= len(text) and error.message)


@pytest.mark.parametrize(
    ("text", "position", "message"),
    [
        ("", 0, "expected a field name, but the expression ends"),
        ("payday", 6, "expected == != < <= > >= in or contains, but the expression ends"),
        ("payday = 20", 7, "equality is written =="),
        ("pay == 20", 0, "there is no field 'pay'; did you mean payday?"),
        ("status == active", 10, "text is written in quotes: 'active'"),
        ('status == "actve"', 10, "there is no 'actve' here; did you mean active?"),
        ('status > "a"', 0, "status has no order; use ==, != or in"),
        ("employees contains 1", 0, "employees is not text; use ==, != or in"),
        ("left < null", 7, "null has no order; use == or !="),
        ('payday == "20"', 10, "expected a whole number"),
        ("owner contains me", 15, "expected text in quotes"),
        ("name contains 7", 14, "expected text in quotes"),
        ("name == null", 8, "expected text in quotes"),
        ('owner == "nobody"', 9, "there is no user 'nobody'"),
        ('group == "nowhere"', 9, "there is no group 'nowhere'"),
        ("name == me", 8, "expected text in quotes"),
        ('onboarded > "2026-02-30"', 12, 'expected a day in quotes, such as "2026-01-31"'),
        ('onboarded > "20260228"', 12, 'expected a day in quotes, such as "2026-01-31"'),
        ("payday == 20 payday == 12", 13, "expected and, or, or the end, not 'payday'"),
        ("(payday == 20", 13, "expected ), but the expression ends"),
        ("payday in ()", 11, "expected a value, not ')'"),
        ('name == "open', 8, "the text has no closing quote"),
        ("payday == 20 && payday == 12", 13, "write and"),
        ("payday == 99999999999999999999", 10, "the number is too large"),
        (f"payday == {'9' * 5000}", 10, "the number is too large"),
        ("not " * 51 + "payday == 20", 200, "nested deeper than 50 levels"),
    ],
)
def test_an_error_says_where_and_what(text, position, message):
    with pytest.raises(WhereError) as caught:
        to_sql(parse(text), NAMES)
    assert (caught.value.position, caught.value.message) == (position, message)


def test_an_error_travels_as_a_problem_with_its_position(world):
    problem = world.get("/v1/clients", params={"where": "payday == 20 or pay == 1"}).json()
    assert problem["code"] == "where_invalid"
    assert problem["errors"] == [
        {"pointer": "/query/where", "message": "there is no field 'pay'; did you mean payday?", "position": 16}
    ]


def test_text_may_hold_quotes_and_backslashes(world):
    for text in ('name == "O\'Hara \\"Kaffe\\" AS"', "name == 'O\\'Hara \"Kaffe\" AS'"):
        assert world.get("/v1/clients", params={"where": text}).json()["total"] == 1, text
    assert world.get("/v1/clients", params={"where": 'name == "a\\\\b"'}).json()["total"] == 0


def test_values_never_become_sql(world):
    text = 'name == "x\' OR 1=1 --" or name == "\'; DROP TABLE client; --"'
    assert world.get("/v1/clients", params={"where": text}).json()["total"] == 0
    assert world.get("/v1/clients").json()["total"] == 45


def test_contains_knows_norwegian_letters_in_either_case(world):
    assert world.get("/v1/clients", params={"where": 'name contains "RØR [A"'}).json()["total"] == 1
    assert world.get("/v1/clients", params={"where": 'name contains "ærlig øl på å"'}).json()["total"] == 1


def test_contains_searches_for_any_text_not_only_for_what_the_field_could_equal(world, everyone):
    owned = sum("kari" in (client["owner"] or {"login": ""})["login"] for client in everyone)
    for text, total in (
        ('owner contains "KARI"', owned),
        ('owner contains "me"', 0),
        ('status contains "ctiv"', sum(client["status"] == "active" for client in everyone)),
        ('linked_via contains "board"', sum(client["linked_via"] == "onboarded" for client in everyone)),
        ('delegation contains "x"', 0),
    ):
        assert world.get("/v1/clients", params={"where": text}).json()["total"] == total, text


def test_letters_are_compared_alike_in_names_and_in_every_other_text(leader, sql):
    sql("UPDATE client SET number = 'Ø12', name_key = 'a{b as' WHERE id = 'cl_000005'")
    for text, total in (('number contains "ø1"', 1), ('name contains "aæb"', 0), ('name contains "A{B"', 1)):
        assert leader.get("/v1/clients", params={"where": text}).json()["total"] == total, text


def test_a_name_is_found_however_its_letters_are_encoded(leader):
    name = next(client["name"] for client in leader.all("/v1/clients") if "å" in client["name"].casefold())
    apart = unicodedata.normalize("NFD", name)
    assert apart != name
    assert leader.get("/v1/clients", params={"where": f'name contains "{apart}"'}).json()["total"] == 1
    assert leader("POST", "/v1/selections", json={"clients": [apart]}).json()["names"] == [name]


def test_me_is_the_caller_where_a_user_is_compared(world):
    for text in ("owner == me", 'owner == "me"', 'owner in (me, "ola.admin")', 'access == "owner"'):
        assert world.get("/v1/clients", params={"where": text}).json()["total"] == 8, text


@pytest.mark.parametrize("innermost_first", [True, False])
def test_the_deepest_and_longest_expressions_allowed_can_be_run(world, innermost_first):
    deep = 'zone == "5"'
    for level in range(49):
        word = "or" if level % 2 else "and"
        deep = f"({deep}) {word} not payday == 7" if innermost_first else f"not payday == 7 {word} ({deep})"
    assert world.get("/v1/clients", params={"where": deep}).status_code == 200
    negated = "not (payday == 7 or " * 24 + 'zone == "1"' + ")" * 24
    assert world.get("/v1/clients", params={"where": negated}).status_code == 200
    for values, status in ((199, 200), (200, 400)):
        wide = f"payday in ({', '.join(['20'] * values)}) or payday == 1"
        assert world.get("/v1/clients", params={"where": wide}).status_code == status
