"""Pages: in order, side by side, and never a short list that looks whole."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import aclosing
from itertools import pairwise
from typing import Any

import anyio
import httpx
import pytest
from api.dialling import PATH, Dial
from hypothesis import given
from hypothesis import strategies as st

from bureau_cli import errors
from bureau_cli.api import pages
from bureau_cli.api.pages import Pages

AS_OF = "2026-11-23T12:00:00+01:00"


class Shelf:
    """A list as a platform serves it: cursor `k` stands before item k; `change` may replace items between requests."""

    def __init__(self, count: int, *, offers_ahead: bool = True) -> None:
        self.items = [{"id": f"{number:05}"} for number in range(count)]
        self.offers_ahead = offers_ahead
        self.asked: list[dict[str, str]] = []
        self.under_way = 0
        self.widest = 0
        self.change: Callable[[int], None] = lambda _request: None

    async def __call__(self, request: httpx.Request) -> httpx.Response:
        query = dict(request.url.params)
        self.asked.append(query)
        self.under_way += 1
        self.widest = max(self.widest, self.under_way)
        await anyio.lowlevel.checkpoint()
        self.under_way -= 1
        self.change(len(self.asked))
        return httpx.Response(200, json=self.page(query))

    def page(self, query: dict[str, str]) -> dict[str, Any]:
        limit, after = int(query["limit"]), query.get("cursor", "")
        rest = [item for item in self.items if item["id"] > after]
        ends = [rest[at - 1]["id"] for at in range(limit, len(rest), limit)]
        page = {"items": rest[:limit], "next": ends[0] if ends else None, "total": len(self.items), "as_of": AS_OF}
        if self.offers_ahead and "ahead" in query:
            page["ahead"] = ends[: int(query["ahead"])]
        return page


def walk(far_end: Callable[..., Any], *, size: int = 10, stop_after: int | None = None, **more: Any) -> list[str]:
    dial = Dial()
    dial.router.get(PATH).mock(side_effect=far_end)
    listed = Pages(dial.wire, "/v1/things", (), lambda item: item["id"], size=size, **more)

    async def gather() -> list[str]:
        found: list[str] = []
        async with aclosing(listed.batches()) as batches:
            async for batch in batches:
                found += batch
                if stop_after is not None and len(found) >= stop_after:
                    break
        return found

    return anyio.run(gather)


@given(count=st.integers(0, 400), size=st.integers(1, 50), offers_ahead=st.booleans())
def test_every_item_comes_once_and_in_order(count: int, size: int, offers_ahead: bool) -> None:  # noqa: FBT001 - hypothesis
    shelf = Shelf(count, offers_ahead=offers_ahead)
    assert walk(shelf, size=size) == [item["id"] for item in shelf.items]
    assert len(shelf.asked) == max(1, -(-count // size))


def test_pages_are_fetched_side_by_side_where_the_platform_tells_what_lies_ahead() -> None:
    shelf = Shelf(1000)
    walk(shelf)
    assert shelf.widest == 16
    assert sum("ahead" in query for query in shelf.asked) == -(-100 // pages.ASK_EVERY)


def test_a_platform_that_tells_nothing_is_followed_page_by_page() -> None:
    shelf = Shelf(100, offers_ahead=False)
    walk(shelf)
    assert shelf.widest == 1


def test_no_page_is_fetched_that_nobody_wants() -> None:
    shelf = Shelf(1000)
    assert len(walk(shelf, most=25, stop_after=25)) == 30
    assert len(shelf.asked) == 3
    assert len(walk(few := Shelf(1000), most=5, stop_after=5)) == 5
    assert [query["limit"] for query in few.asked] == ["5"]


def test_an_item_that_appears_meanwhile_makes_nothing_fall_into_the_gap() -> None:
    shelf = Shelf(200)

    def insert(request: int) -> None:
        if request == 3:
            shelf.items.insert(95, {"id": "00094a"})

    shelf.change = insert
    found = walk(shelf)
    assert [item["id"] for item in shelf.items] == found


def fixed(*answers: dict[str, Any]) -> Callable[..., httpx.Response]:
    left = list(answers)
    return lambda _request: httpx.Response(200, json=left.pop(0) if len(left) > 1 else left[0])


def page(ids: Sequence[object], following: str | None, *, total: int = 99) -> dict[str, Any]:
    return {"items": [{"id": one} for one in ids], "next": following, "total": total, "as_of": None}


@pytest.mark.parametrize(
    ("answers", "complaint"),
    [
        ([page([1], "a"), page([2], "a")], "circle"),
        ([page([1], "a"), page([2], "b"), page([3], "a")], "circle"),
        ([page([1], "a"), page([1], None)], "twice"),
        ([page([1, 1], None)], "twice"),
        ([page([1], None, total=2)], "announced 2 things and listed 1"),
        ([page([], None, total=412)], "announced 412 things and listed 0"),
        ([{"items": {}, "next": None, "total": 0, "as_of": None}], "a page"),
        ([{"items": [], "total": 0, "as_of": None}], "next"),
        ([{"items": [{"no": 1}], "next": None, "total": 1, "as_of": None}], "an item"),
        ([[]], "a page"),
    ],
)
def test_a_list_that_cannot_be_whole_is_an_error(answers: list[Any], complaint: str) -> None:
    with pytest.raises(errors.AnswerInvalid, match=complaint):
        walk(fixed(*answers))


def test_a_list_without_end_is_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "PAGE_CAP", 5)
    with pytest.raises(errors.AnswerInvalid, match="did not end after 5 pages"):
        walk(Shelf(100, offers_ahead=False))


def test_empty_pages_on_the_way_are_no_end() -> None:
    assert walk(fixed(page([1], "a", total=2), page([], "b", total=2), page([2], None, total=2))) == [1, 2]


def test_a_row_may_be_told_from_others_by_several_fields_together() -> None:
    def months(*months: str) -> dict[str, Any]:
        items = [{"id": "c_1", "period": month} for month in months]
        return {"items": items, "next": None, "total": len(items), "as_of": None}

    assert walk(fixed(months("2026-10", "2026-11")), identity=("id", "period")) == ["c_1", "c_1"]
    with pytest.raises(errors.AnswerInvalid, match="twice"):
        walk(fixed(months("2026-10", "2026-10")), identity=("id", "period"))


def test_the_age_of_a_list_is_that_of_its_oldest_page() -> None:
    instants = ["2026-11-23T12:00:00+01:00", "2026-11-23T11:00:00+01:00", "2026-11-23T13:00:00+01:00"]
    answers = [
        {"items": [{"id": at}], "next": following, "total": 3, "as_of": instant}
        for at, (instant, following) in enumerate(zip(instants, ["a", "b", None], strict=True))
    ]
    dial = Dial()
    dial.router.get(PATH).mock(side_effect=fixed(*answers))
    listed = Pages(dial.wire, "/v1/things", (), lambda item: item["id"], size=1)

    async def read() -> None:
        async with aclosing(listed.batches()) as batches:
            async for _ in batches:
                pass

    anyio.run(read)
    assert listed.as_of is not None
    assert listed.as_of.isoformat() == instants[1]


def test_a_fault_on_a_later_page_is_raised_and_leaves_nothing_under_way() -> None:
    shelf = Shelf(1000)

    async def failing(request: httpx.Request) -> httpx.Response:
        answer = await shelf(request)
        return httpx.Response(404) if len(shelf.asked) > 20 else answer

    with pytest.raises(errors.ThingNotFound):
        walk(failing)
    assert shelf.under_way == 0


def test_the_items_stay_in_order_whatever_the_speed_of_the_pages() -> None:
    found = walk(Shelf(500), size=7)
    assert all(one < other for one, other in pairwise(found))
