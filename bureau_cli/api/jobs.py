"""`/v1/jobs`: work the platform accepted and finishes later, and the results of a change of many either way."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import aclosing
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from bureau_cli.api.pages import Pages
from bureau_cli.api.reading import many, optional, read_as, text, whole
from bureau_cli.api.retry import retry_after_seconds
from bureau_cli.api.wire import Answer, Call, Wire
from bureau_cli.domain.changes import ItemResult
from bureau_cli.errors import JobNeedsAuthentication, JobPending, OtherConflict, TryAgain

T = TypeVar("T")

ACCEPTED = 202
GOING_ON = frozenset({"queued", "running"})
FINISHED = frozenset({"completed", "completed_with_errors"})
GIVEN_UP = frozenset({"failed", "cancelled"})
NEEDS_AUTHENTICATION = "needs_authentication"
ENDED = ("done", "refused", "unchanged")
SHORTEST_WAIT_S = 1.0
RESULT_PAGE = 500


@dataclass(frozen=True, slots=True)
class Job:
    """A job's id and state, how many of its items have ended, why it stands, and how long to leave it alone."""

    id: str
    state: str
    ended: int
    detail: str | None
    wait_s: float

    @classmethod
    def of(cls, answer: Answer) -> Job:
        """Read it from an answer's body and headers."""
        content = answer.content
        asked = retry_after_seconds(answer.headers.get("Retry-After"), answer.headers.get("Date"))
        return cls(
            text(content["id"]),
            text(content["state"]),
            sum(whole(content.get("counts", {}).get(outcome, 0)) for outcome in ENDED),
            optional(lambda detail: text(detail["message"]), content.get("detail")),
            max(asked or 0.0, SHORTEST_WAIT_S),
        )

    @property
    def why(self) -> str:
        """What stands behind its state, to be said after a sentence."""
        return "" if self.detail is None else f": {self.detail}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected(Generic[T]):
    """What is expected of a job: how one result is read, by which fields no two are the same, and whether to wait.

    `ended` is told of how many items more have ended, each time it is asked how far the job has come.
    """

    read: Callable[[Mapping[str, Any]], T]
    identity: tuple[str, ...] = ("key",)
    wait: bool = True
    ended: Callable[[int], None] = lambda _more: None


def item_result_from(item: Mapping[str, Any]) -> ItemResult:
    """What became of one item, from its JSON."""
    return ItemResult(
        key=text(item["key"]),
        outcome=text(item["outcome"]),
        code=optional(text, item.get("code")),
        message=optional(text, item.get("message")),
    )


ITEMS = Expected(read=item_result_from)
"""One result an item."""


async def results_of(wire: Wire, answer: Answer, expected: Expected[T]) -> list[T]:
    """The results: from the answer itself, or from the job it started, once that has ended.

    Raises:
        OtherConflict: the job ended without doing its work.
        JobPending: the job is not waited for, stands at something that needs a person or that this version does not
            know, or nobody can be asked about it. It was accepted, so it is not to be ordered again.
    """
    if answer.status != ACCEPTED:
        return read_as("results", lambda content: list(many(expected.read, content["results"])), answer.content)
    job = read_as("a job", Job.of, answer)
    look = f"bureau api GET /v1/jobs/{job.id}"
    wire.accepted_jobs.append(job.id)
    try:
        if not expected.wait and job.state in GOING_ON:
            raise JobPending(f"job {job.id} was accepted; it is not waited for", fix=look)
        job = await _stopped(wire, job, expected)
        if job.state in GIVEN_UP:
            wire.accepted_jobs.remove(job.id)
            raise OtherConflict(f"job {job.id} was {job.state}{job.why}", fix=look)
        if job.state == NEEDS_AUTHENTICATION:
            raise JobNeedsAuthentication(f"job {job.id} stands until somebody signs in{job.why}", fix=look)
        if job.state not in FINISHED:
            raise JobPending(f"job {job.id} stands at {job.state}{job.why}", fix=look)
        results = await _results(wire, job, expected)
    except TryAgain as fault:
        raise JobPending(f"job {job.id} was accepted, but {fault.message}", fix=look) from fault
    wire.accepted_jobs.remove(job.id)
    return results


async def _stopped(wire: Wire, job: Job, expected: Expected[T]) -> Job:
    """The job once it does not go on by itself any more."""
    told = 0
    while True:
        expected.ended(job.ended - told)
        told = job.ended
        if job.state not in GOING_ON:
            return job
        await wire.pause(job.wait_s)
        job = read_as("a job", Job.of, await wire.send(Call(method="GET", path=f"/v1/jobs/{job.id}")))


async def _results(wire: Wire, job: Job, expected: Expected[T]) -> list[T]:
    path = f"/v1/jobs/{job.id}/results"
    pages = Pages(wire, path, (), expected.read, size=RESULT_PAGE, identity=expected.identity)
    async with aclosing(pages.batches()) as batches:
        return [result async for batch in batches for result in batch]
