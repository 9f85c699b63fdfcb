"""`/v1/jobs`: work the platform accepted and finishes later, and the results of a change of many either way."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import aclosing
from dataclasses import dataclass
from typing import Any

from bureau_cli.api.pages import Pages
from bureau_cli.api.reading import many, optional, read_as, text
from bureau_cli.api.retry import retry_after_seconds
from bureau_cli.api.wire import Answer, Call, Wire
from bureau_cli.domain.changes import ItemResult
from bureau_cli.errors import JobPending, OtherConflict, TryAgain

ACCEPTED = 202
GOING_ON = frozenset({"queued", "running"})
FINISHED = frozenset({"completed", "completed_with_errors"})
GIVEN_UP = frozenset({"failed", "cancelled"})
SHORTEST_WAIT_S = 1.0
RESULT_PAGE = 500


@dataclass(frozen=True, slots=True)
class Job:
    """A job's id and state, and how long the platform asks to be left alone."""

    id: str
    state: str
    wait_s: float

    @classmethod
    def of(cls, answer: Answer) -> Job:
        """Read it from an answer's body and headers."""
        asked = retry_after_seconds(answer.headers.get("Retry-After"), answer.headers.get("Date"))
        return cls(text(answer.content["id"]), text(answer.content["state"]), max(asked or 0.0, SHORTEST_WAIT_S))


async def results_of(wire: Wire, answer: Answer) -> list[ItemResult]:
    """The outcome of each item: from the answer itself, or from the job it started, once that has ended.

    Raises:
        OtherConflict: the job ended without doing its work.
        JobPending: the job stands at something that needs a person or that this version does not know, or nobody can
            be asked about it. It was accepted, so it is not to be ordered again.
    """
    if answer.status != ACCEPTED:
        return read_as("results", lambda content: list(many(_result_from, content["results"])), answer.content)
    job = read_as("a job", Job.of, answer)
    look = f"bureau api GET /v1/jobs/{job.id}"
    wire.accepted_job = job.id
    try:
        job = await _stopped(wire, job)
        if job.state in GIVEN_UP:
            raise OtherConflict(f"job {job.id} was {job.state}", fix=look)
        if job.state not in FINISHED:
            raise JobPending(f"job {job.id} stands at {job.state}", fix=look)
        results = await _results(wire, job)
    except TryAgain as fault:
        raise JobPending(f"job {job.id} was accepted, but {fault.message}", fix=look) from fault
    wire.accepted_job = None
    return results


async def _stopped(wire: Wire, job: Job) -> Job:
    """The job once it does not go on by itself any more."""
    while job.state in GOING_ON:
        await wire.pause(job.wait_s)
        job = read_as("a job", Job.of, await wire.send(Call(method="GET", path=f"/v1/jobs/{job.id}")))
    return job


async def _results(wire: Wire, job: Job) -> list[ItemResult]:
    pages = Pages(wire, f"/v1/jobs/{job.id}/results", (), _result_from, size=RESULT_PAGE, identity=("key",))
    async with aclosing(pages.batches()) as batches:
        return [result async for batch in batches for result in batch]


def _result_from(item: Mapping[str, Any]) -> ItemResult:
    return ItemResult(
        key=text(item["key"]),
        outcome=text(item["outcome"]),
        code=optional(text, item.get("code")),
        message=optional(text, item.get("message")),
    )
