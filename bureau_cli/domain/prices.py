"""What a bureau takes for what its clients use, as a price list in a file says it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from bureau_cli.domain.document import require_known, tables_of
from bureau_cli.domain.selection import Token
from bureau_cli.errors import DocumentInvalid


class UsageKind(StrEnum):
    """What is used, and counted a client and month."""

    PAYSLIP = "payslip"
    TRAVEL = "travel"
    EXPENSE = "expense"
    ABSENCE = "absence"


KINDS = tuple(UsageKind)

ORE = Decimal("0.01")

_TOP_KEYS = ("prices", "groups", "clients")
_PRICE = re.compile(r"\d{1,9}(?:\.\d{1,2})?", re.ASCII)

Prices = Mapping[str, Decimal]
"""An amount in kroner for one of a kind."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupPrices:
    """What the clients of a group pay."""

    slug: str
    prices: Prices
    place: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientPrices:
    """What one client pays."""

    client: Token
    prices: Prices


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceList:
    """What one of each kind costs: usually, in a group and at a client; the nearest to the client counts."""

    name: str
    usual: Prices
    groups: Sequence[GroupPrices] = ()
    clients: Sequence[ClientPrices] = ()


def price_list(name: str, document: Mapping[str, Any]) -> PriceList:
    """What a TOML document says of prices, whose fractions were read as decimals.

    Raises:
        DocumentInvalid: something in it is unknown or no price, or it has no price at all; the place is told.
    """
    require_known(document, _TOP_KEYS, name)
    usual = document.get("prices", {})
    if not isinstance(usual, dict):
        raise DocumentInvalid(f"{name}: prices is a table", fix="[prices], and below it payslip = 12.50")
    groups = tables_of(document, "groups", name, like="[groups.payday-20]")
    clients = tables_of(document, "clients", name, like="[clients.10001]")
    listed = PriceList(
        name=name,
        usual=_prices(usual, f"{name}: prices"),
        groups=[_of_group(slug, table, f"{name}: groups.{slug}") for slug, table in groups.items()],
        clients=[_of_client(client, table, f"{name}: clients.{client}") for client, table in clients.items()],
    )
    of_some = [*(one.prices for one in listed.groups), *(one.prices for one in listed.clients)]
    if not any((listed.usual, *of_some)):
        raise DocumentInvalid(f"{name} has no prices", fix="[prices], and below it payslip = 12.50")
    return listed


def _of_group(slug: str, table: Mapping[str, Any], place: str) -> GroupPrices:
    return GroupPrices(slug=slug, prices=_prices(table, place), place=place)


def _of_client(client: str, table: Mapping[str, Any], place: str) -> ClientPrices:
    return ClientPrices(client=Token.written(client, place), prices=_prices(table, place))


def _prices(table: Mapping[str, Any], place: str) -> Prices:
    require_known(table, KINDS, place)
    return {kind: _price(value, f"{place}.{kind}") for kind, value in table.items()}


def _price(value: Any, place: str) -> Decimal:
    """An amount as it was written, as a number or in quotes."""
    if isinstance(value, bool) or not isinstance(value, int | str | Decimal) or not _PRICE.fullmatch(str(value)):
        raise DocumentInvalid(f"{place}: {value} is no price", fix="an amount in kroner without VAT, like 12.50")
    return Decimal(value)
