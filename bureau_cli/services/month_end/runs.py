"""Payroll runs across clients."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bureau_cli.domain.runs import PayrollRun, RunFilter
from bureau_cli.domain.selection import Selection
from bureau_cli.errors import ThingNotFound
from bureau_cli.services.clients import Clients
from bureau_cli.services.ports import Stream
from bureau_cli.services.ports_month_end import RunsPort


class Runs:
    """Runs of any client, in the month they belong to or by the day they are paid."""

    def __init__(self, runs: RunsPort, clients: Clients) -> None:
        self._runs = runs
        self._clients = clients

    async def search(self, selection: Selection, narrowed: RunFilter, *, most: int | None = None) -> Stream[PayrollRun]:
        """The runs of a selection of clients, narrowed further, by pay date."""

        def found(chosen: Mapping[str, Any]) -> Stream[PayrollRun]:
            return self._runs.list({**narrowed.asked(), **chosen}, most=most)

        return await self._clients.belonging(selection, found)

    async def show(self, run_id: str) -> PayrollRun:
        """The one run with this id.

        Raises:
            ThingNotFound: there is none, or none that the caller may see.
        """
        try:
            return await self._runs.get(run_id)
        except ThingNotFound as fault:
            fault.message, fault.fix = f"there is no payroll run {run_id}", "bureau runs list"
            raise
