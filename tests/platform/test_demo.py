"""The demo portfolio: the same for the same recipe, and with all of real life in it."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import pytest

from bureau_cli.platform.sources.demo import DEMO_LOGIN, DemoSource, people, planted
from bureau_cli.platform.sources.demo.lives import status_on
from bureau_cli.platform.sources.demo.sizes import positions
from bureau_cli.platform.sources.demo.words import HOSTILE_NAMES

TODAY = date(2026, 3, 16)


@pytest.fixture(scope="module")
def portfolio():
    return DemoSource(seed=1, clients=600, today=TODAY).portfolio()


def passes_mod11(orgnr):
    return sum(int(digit) * weight for digit, weight in zip(orgnr, (3, 2, 7, 6, 5, 4, 3, 2, 1), strict=True)) % 11 == 0


def test_the_same_recipe_gives_the_same_portfolio_and_another_seed_another(portfolio):
    assert DemoSource(seed=1, clients=600, today=TODAY).portfolio() == portfolio
    assert DemoSource(seed=2, clients=600, today=TODAY).portfolio().clients != portfolio.clients


def test_clients_do_not_change_when_others_are_added(portfolio):
    small = DemoSource(seed=1, clients=50, today=TODAY).portfolio()
    assert small.clients == portfolio.clients[:50]
    assert {user.id: user for user in small.users}.items() <= {user.id: user for user in portfolio.users}.items()


def test_every_orgnr_is_synthetic_unique_and_passes_mod11(portfolio):
    numbers = [one.orgnr for client in portfolio.clients for one in (client, *client.sites)]
    assert all(number[0] in "23" and len(number) == 9 and passes_mod11(number) for number in numbers)
    assert len(set(numbers)) == len(numbers)


def test_the_caller_is_a_leader_who_owns_eight_clients(portfolio):
    caller = next(user for user in portfolio.users if user.login == portfolio.default_login == DEMO_LOGIN)
    owned = [c for c in portfolio.clients if any(a.user_id == caller.id and a.role == "owner" for a in c.access)]
    assert (caller.role, len(owned)) == ("leader", 8)
    assert all(status_on(client, TODAY) == "active" for client in owned)


def test_nobody_owns_a_client_twice_and_most_have_members(portfolio):
    for client in portfolio.clients:
        assert Counter(access.role for access in client.access)["owner"] <= 1
        assert len({access.user_id for access in client.access}) == len(client.access)
    with_members = [client for client in portfolio.clients if any(a.role == "member" for a in client.access)]
    assert len(with_members) > 0.9 * len(portfolio.clients)


def test_the_bureau_has_its_people(portfolio):
    roles = Counter(user.role for user in portfolio.users if user.left_on is None)
    assert roles == {"administrator": 1, "leader": 2, "officer": 40, "none": 1}
    assert len({user.login for user in portfolio.users}) == len(portfolio.users)
    assert len([user for user in portfolio.users if user.left_on]) == 1


def test_access_is_known_to_come_from_somewhere_and_some_of_it_why(portfolio):
    owners = [access for client in portfolio.clients for access in client.access if access.role == "owner"]
    origins = Counter(owner.origin for owner in owners)
    assert origins["inferred"] > origins["manual"] > origins["client_invited"] == 1
    everything = [access for client in portfolio.clients for access in client.access]
    known = [access for access in everything if access.granted_by]
    assert 0.2 < len(known) / len(everything) < 0.8
    assert all(access.origin == "manual" and access.granted_by != access.user_id for access in known)
    assert {bool(access.reason) for access in known} == {True, False}


def test_what_goes_wrong_in_real_life_is_there(portfolio):
    clients = portfolio.clients
    everyone = [access for client in clients for access in client.access]
    assert clients[planted.INTERNAL].linked_via == "internal"
    assert not [a for a in clients[planted.NO_OWNER].access if a.role == "owner"]
    assert clients[planted.NOBODY_HAS_ACCESS].access == ()
    assert any(a.origin == "client_invited" for a in clients[planted.INVITED_BY_CLIENT].access)
    assert any(a.ended_on for a in clients[planted.ACCESS_ENDED].access)
    (without_role,) = {user.id for user in portfolio.users if user.role == "none"}
    open_to = {index for index, client in enumerate(clients) if without_role in {a.user_id for a in client.access}}
    assert open_to == planted.OPEN_TO_USER_WITHOUT_ROLE
    assert len([a for a in everyone if a.user_id == people.WHO_LEFT]) == 3
    assert clients[planted.DELEGATION_MISSING].delegation == "missing"
    assert {site.sector for site in clients[planted.FINANCE].sites} == {"finance"}
    assert {site.sector for site in clients[planted.AGRICULTURE].sites} == {"agriculture"}
    assert len({site.zone for site in clients[planted.SITES_IN_MANY_ZONES].sites}) == 3
    assert len(clients[planted.TWO_PAY_GROUPS].pay_groups) == 2
    assert set(HOSTILE_NAMES) <= {client.name for client in clients}
    assert max(len(client.name) for client in clients) == 120
    assert len({client.name for client in clients if client.id in {"cl_000011", "cl_000012"}}) == 1
    assert {site.zone for client in clients for site in client.sites} == {"1", "1a", "2", "3", "4", "4a", "5"}
    paydays = Counter(group.payday for client in clients for group in client.pay_groups)
    assert set(paydays) == {12, 15, 20, 25, 31}
    assert paydays.most_common(1)[0][0] == 20
    sizes = sorted(positions(1, index, len(client.pay_groups)) for index, client in enumerate(clients))
    assert sizes[300] < 15
    assert 100 < sizes[-1] <= 400


def test_clients_are_what_their_days_make_them(portfolio):
    found = Counter(status_on(client, TODAY) for client in portfolio.clients)
    assert set(found) == {"onboarding", "active", "leaving", "left"}
    assert found["active"] > 500
    for client in portfolio.clients:
        assert client.onboarded < client.active_from
        assert client.active_from.day == 1
        assert client.left_on is None or client.notice_on < client.left_on
    gone = [client for client in portfolio.clients if client.left_on]
    assert {status_on(client, client.left_on) for client in gone} == {"leaving"}
    assert {status_on(client, client.left_on + timedelta(days=1)) for client in gone} == {"left"}


def test_some_approve_and_of_most_it_is_known_what_was_paid(portfolio):
    clients = portfolio.clients
    assert 0.3 < sum(client.uses_approval for client in clients) / len(clients) < 0.5
    assert 0.9 < sum(client.payments_known for client in clients) / len(clients) < 1
    assert 0.25 < sum(len(client.pay_groups) == 2 for client in clients) / len(clients) < 0.35


@pytest.mark.parametrize("size", [1, 2, 13, 40])
def test_a_portfolio_of_any_size_can_be_made(size):
    portfolio = DemoSource(seed=3, clients=size, today=TODAY).portfolio()
    known = {user.id for user in portfolio.users}
    assert len(portfolio.clients) == size
    assert all(access.user_id in known for client in portfolio.clients for access in client.access)
    assert all(client.onboarded <= TODAY + timedelta(days=1) for client in portfolio.clients)
