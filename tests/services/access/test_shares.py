"""Clients dealt out among people: `bureau_cli.services.access.shares`."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from bureau_cli.domain.clients import Client
from bureau_cli.services.access.shares import dealt

SIZES = st.lists(st.integers(0, 400), max_size=60)
PEOPLE = st.lists(st.sampled_from(["anne", "berit", "carl", "dag", "eva"]), min_size=1, unique=True)


def client(number: int, employees: int) -> Client:
    return Client(
        id=f"cl_{number}",
        number=str(10000 + number),
        name=f"Kunde {number}",
        orgnr="",
        form="AS",
        status="active",
        paydays=(),
        pay_groups=(),
        linked_via="",
        sites=(),
        owner=None,
        members=(),
        groups=(),
        active_employees=employees,
        my_access=None,
        altinn_settings=False,
        altinn_delegation="missing",
        onboarded=date(2020, 1, 1),
        left=None,
        last_run=None,
        withheld=None,
        fetched_at=datetime(2026, 1, 1, tzinfo=UTC),
    )


def clients(sizes: list[int]) -> list[Client]:
    return [client(number, employees) for number, employees in enumerate(sizes)]


@given(SIZES, PEOPLE)
def test_each_client_has_one_owner_and_nobody_is_more_than_one_client_ahead(
    sizes: list[int], people: list[str]
) -> None:
    shares = dealt(clients(sizes), people)
    numbers = Counter(dict.fromkeys(people, 0))
    numbers.update(shares.values())
    assert sorted(shares) == sorted(f"cl_{number}" for number in range(len(sizes)))
    assert set(numbers) == set(people)
    assert max(numbers.values()) - min(numbers.values()) <= 1


@given(SIZES, PEOPLE, st.randoms(use_true_random=False))
def test_the_same_clients_are_shared_alike_whatever_order_they_come_in(
    sizes: list[int], people: list[str], chance: Random
) -> None:
    shuffled = clients(sizes)
    chance.shuffle(shuffled)
    assert dealt(shuffled, people) == dealt(clients(sizes), people)


@given(SIZES, PEOPLE)
def test_the_employees_of_two_people_differ_by_no_more_than_the_largest_client(
    sizes: list[int], people: list[str]
) -> None:
    shares = dealt(clients(sizes), people)
    employees = [sum(size for at, size in enumerate(sizes) if shares[f"cl_{at}"] == person) for person in people]
    assert max(employees) - min(employees) <= max(sizes, default=0)


def test_a_large_client_is_made_up_for_by_the_next_round() -> None:
    assert dealt(clients([100, 60, 50, 10]), ["anne", "berit"]) == {
        "cl_0": "anne",
        "cl_1": "berit",
        "cl_2": "berit",
        "cl_3": "anne",
    }
