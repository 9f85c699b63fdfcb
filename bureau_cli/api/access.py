"""`/v1/access`: who has access to which client, and who owns it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bureau_cli.api.changes import change_many
from bureau_cli.api.clients import pairs, person_from, reference_from
from bureau_cli.api.pages import Pages
from bureau_cli.api.reading import day, flag, instant, optional, text
from bureau_cli.api.wire import Wire
from bureau_cli.domain.access import Access, InferredOwner, OwnerBasis
from bureau_cli.domain.changes import ItemResult

PATH = "/v1/access"


class AccessApi:
    """Reads and changes access. `page_size` is how many accesses one request asks for."""

    def __init__(self, wire: Wire, *, page_size: int) -> None:
        self._wire = wire
        self._page_size = page_size

    def list(self, query: Mapping[str, Any], *, most: int | None = None) -> Pages[Access]:
        """All accesses the query fits, in the order asked for; without `state` those that are not over."""
        return Pages(self._wire, PATH, list(pairs(query)), _access_from, size=self._page_size, most=most)

    def inferred_owners(self, query: Mapping[str, Any], *, most: int | None = None) -> Pages[InferredOwner]:
        """Owners and who ran the latest payroll, a row a client."""
        return Pages(
            self._wire,
            f"{PATH}/inferred-owners",
            list(pairs(query)),
            _inferred_owner_from,
            size=self._page_size,
            identity=("client",),
            most=most,
        )

    async def change(self, items: Sequence[Mapping[str, Any]]) -> Sequence[ItemResult]:
        """Grant and end up to 500 accesses; one outcome an item, in order."""
        return await change_many(self._wire, f"{PATH}/changes", items)


def _access_from(item: Mapping[str, Any]) -> Access:
    return Access(
        id=text(item["id"]),
        client=reference_from(item["client"]),
        user=person_from(item["user"]),
        user_active=flag(item["user_active"]),
        bureau_role=text(item["bureau_role"]),
        role=text(item["role"]),
        state=text(item["state"]),
        starts=day(item["from"]),
        ends=optional(day, item["to"]),
        ended_at=optional(instant, item["ended_at"]),
        source=text(item["source"]),
        granted_by=optional(text, item["granted_by"]),
        granted_at=optional(instant, item["granted_at"]),
        reason=optional(text, item["reason"]),
        last_used=optional(day, item["last_used"]),
        etag=text(item["etag"]),
    )


def _inferred_owner_from(item: Mapping[str, Any]) -> InferredOwner:
    return InferredOwner(
        client=reference_from(item["client"]),
        owner=optional(person_from, item["owner"]),
        source=optional(text, item["source"]),
        inferred=optional(person_from, item["inferred"]),
        basis=optional(_basis_from, item["basis"]),
        verdict=text(item["verdict"]),
        fetched_at=instant(item["fetched_at"]),
    )


def _basis_from(item: Mapping[str, Any]) -> OwnerBasis:
    return OwnerBasis(
        run=text(item["run"]),
        period=text(item["period"]),
        pay_date=day(item["pay_date"]),
        created_at=instant(item["created_at"]),
    )
