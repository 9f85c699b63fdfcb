"""A list of the platform as a stream of batches, in order, with the pages ahead fetched meanwhile."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

from bureau_cli.api.reading import instant, many, optional, read_as, text, whole
from bureau_cli.api.wire import Call, Wire
from bureau_cli.errors import AnswerInvalid

T = TypeVar("T")

Query = Sequence[tuple[str, str]]

AHEAD = 32
ASK_EVERY = AHEAD // 2
"""Half a window before the known cursors run out, a page is asked for the next ones."""
PAGE_CAP = 100_000


@dataclass(frozen=True, slots=True)
class Page:
    """One page as it came: raw items, the cursor of the page after it, and the cursors of those after that."""

    items: list[dict[str, Any]]
    next: str | None
    ahead: tuple[str, ...]
    total: int
    as_of: datetime | None
    now: datetime | None
    head: Mapping[str, Any]
    """All of it but the items."""

    @classmethod
    def of(cls, content: Any) -> Page:
        """Read the envelope that all lists share."""
        if not all(isinstance(item, dict) for item in many(lambda item: item, content["items"])):
            raise TypeError("items")
        return cls(
            content["items"],
            optional(text, content["next"]),
            many(text, content.get("ahead", [])),
            whole(content["total"]),
            optional(instant, content["as_of"]),
            optional(instant, content.get("now")),
            {name: value for name, value in content.items() if name != "items"},
        )


class Pages(Generic[T]):
    """Batches of `read` items, to be walked once.

    A page says which cursors follow it, so several pages are fetched side by side; each page's own `next` stays the
    truth, and a page fetched early is used only if it is the one the page before it names. What cannot be a whole
    list is an error and never a short table: a cursor that repeats, an id that comes twice, a count that is not kept.
    `most` is how many rows will be wanted, so that no page is fetched for nothing. `identity` names the fields that
    together no two items share, none where it is for whoever walks them to say what a repeat means.
    """

    def __init__(  # noqa: PLR0913 - where to, what, how to read it, and what bounds it by name
        self,
        wire: Wire,
        path: str,
        query: Query,
        read: Callable[[dict[str, Any]], T],
        *,
        size: int,
        identity: tuple[str, ...] = ("id",),
        most: int | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        self._wire = wire
        self._path = path
        self._query = list(query)
        self._headers = headers or {}
        self._read = read
        self._size = size if most is None else min(size, max(1, most))
        self._last = None if most is None else max(0, most - 1) // self._size
        self._identity = identity
        self._begun: deque[tuple[str | None, asyncio.Task[Page]]] = deque()
        self._known: deque[str] = deque()
        self.total: int | None = None
        self.as_of: datetime | None = None
        self.now: datetime | None = None
        """The platform's clock when it answered, where a list tells it."""
        self.head: Mapping[str, Any] = {}
        """What the list tells of itself, as it came with the first page."""

    async def batches(self) -> AsyncGenerator[Sequence[T], None]:
        """The batches in order; close the generator (`aclosing`) and nothing is left under way."""
        seen_cursors: set[str] = set()
        seen_ids: set[str] = set()
        first_total: int | None = None
        count = 0
        cursor: str | None = None
        try:
            for number in range(PAGE_CAP):
                page = await self._page(cursor, number)
                first_total = page.total if first_total is None else first_total
                self._note(page)
                self._refuse_circles(page, seen_cursors)
                self._refuse_repeats(page, seen_ids)
                count += len(page.items)
                yield [read_as("an item of a list", self._read, item) for item in page.items]
                if page.next is None:
                    self._refuse_short(count, first_total)
                    return
                cursor = page.next
        finally:
            await self._abandon()
        raise AnswerInvalid(f"the platform's list did not end after {PAGE_CAP} pages")

    async def _page(self, cursor: str | None, number: int) -> Page:
        """The page at `cursor`: the one begun early if it is that very page, else fetched now."""
        if not self._begun or self._begun[0][0] != cursor:
            await self._abandon()
            self._begin(cursor, number)
        page = await self._begun.popleft()[1]
        self._look_ahead(page, number)
        return page

    def _look_ahead(self, page: Page, number: int) -> None:
        """Keep as many pages under way as there are lanes, as far ahead as the cursors are known and wanted."""
        known = len(self._begun) + len(self._known)
        self._known.extend(page.ahead[known:])
        while self._known and len(self._begun) < self._wire.reads.width:
            following = number + len(self._begun) + 1
            if self._last is not None and following > self._last:
                return
            self._begin(self._known.popleft(), following)

    def _begin(self, cursor: str | None, number: int) -> None:
        task = asyncio.get_running_loop().create_task(self._fetch(cursor, number))
        self._begun.append((cursor, task))

    async def _fetch(self, cursor: str | None, number: int) -> Page:
        query = [*self._query, ("limit", str(self._size))]
        if number % ASK_EVERY == 0 and (self._last is None or number < self._last):
            query.append(("ahead", str(AHEAD)))
        if cursor is not None:
            query.append(("cursor", cursor))
        answer = await self._wire.send(Call(method="GET", path=self._path, query=query, headers=self._headers))
        return read_as("a page", Page.of, answer.content)

    async def _abandon(self) -> None:
        tasks = [task for _, task in self._begun]
        self._begun.clear()
        self._known.clear()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _note(self, page: Page) -> None:
        self.total, self.now = page.total, page.now
        self.head = self.head or page.head
        known = [as_of for as_of in (self.as_of, page.as_of) if as_of is not None]
        self.as_of = min(known, default=None)

    def _refuse_circles(self, page: Page, cursors: set[str]) -> None:
        if page.next is not None:
            if page.next in cursors:
                raise AnswerInvalid("the platform's list goes in a circle: a cursor came back")
            cursors.add(page.next)

    def _refuse_repeats(self, page: Page, ids: set[str]) -> None:
        if not self._identity:
            return
        for item in page.items:
            identity = str([item.get(field) for field in self._identity])
            if identity in ids:
                raise AnswerInvalid("the platform listed the same thing twice")
            ids.add(identity)

    def _refuse_short(self, count: int, first_total: int | None) -> None:
        """A list may change while it is read; one whose total stood still must keep its word."""
        if self.total == first_total != count:
            raise AnswerInvalid(f"the platform announced {self.total} things and listed {count}")
