"""Clients dealt out among people: each client to one of them, and nobody more than one client ahead."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from bureau_cli.domain.clients import Client


def dealt(clients: Iterable[Client], people: Sequence[str]) -> Mapping[str, str]:
    """By the client's id, who gets it: always the one with the fewest clients, then the fewest employees so far.

    The largest clients go first, so that a round of clients evens out the one before. The same clients and people give
    the same shares, whatever order the clients come in; among equals the one named first is served first.
    """
    number = dict.fromkeys(people, 0)
    employees = dict.fromkeys(people, 0)
    shares = {}
    for client in sorted(clients, key=lambda one: (-one.active_employees, one.number)):
        person = min(number, key=lambda login: (number[login], employees[login]))
        number[person] += 1
        employees[person] += client.active_employees
        shares[client.id] = person
    return shares
