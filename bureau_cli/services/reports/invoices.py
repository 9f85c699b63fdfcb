"""An invoice of what clients used, held against what they did use."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bureau_cli.bulk.report import counted
from bureau_cli.domain.invoice import Invoice, InvoiceLine
from bureau_cli.domain.selection import Selection
from bureau_cli.services.clients import Clients
from bureau_cli.services.reports.against import Difference, Used, held_against
from bureau_cli.services.reports.asked import each_of
from bureau_cli.services.reports.forbrukslogg import Forbrukslogger, UsageRow, Wanted, rows_of
from bureau_cli.services.reports.named import known_in


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Where an invoice is not as it was used, and what it was held against.

    `lines` is how many there are on either side, `unseen` how many clients nobody can tell of, and `aside` how many
    lines of the invoice are about something else than what was asked.
    """

    name: str
    differences: Sequence[Difference]
    lines: int
    unseen: int
    aside: int
    as_of: datetime | None

    @property
    def told(self) -> Iterator[str]:
        """It in lines: `3 of 412 lines differ from invoice.csv`."""
        verb = "differs" if len(self.differences) == 1 else "differ"
        yield f"{len(self.differences)} of {counted(self.lines, 'line')} {verb} from {self.name}"
        if self.aside:
            yield f"{counted(self.aside, 'line')} of {self.name} passed over: about other clients, months or kinds"
        if self.unseen:
            yield f"{counted(self.unseen, 'client')} cannot be compared: you have no access, or a month is not known"


class Invoices:
    """Holds invoices against usage."""

    def __init__(self, usage: Forbrukslogger, clients: Clients) -> None:
        self._usage = usage
        self._clients = clients

    async def compare(self, selection: Selection, wanted: Wanted, invoice: Invoice) -> Comparison:
        """The differences at the clients of a selection, in what is wanted.

        Raises:
            ClientAmbiguous: the invoice names somebody whose name several clients have; the line is told.
        """
        clients = await known_in(self._clients, (line.client for line in invoice.lines))
        reports = await self._usage.asked(selection, wanted)
        used: list[Used] = []
        seen: set[str] = set()
        unseen: set[str] = set()
        async for report in each_of(reports):
            rows = list(rows_of(report, wanted))
            is_known = all(row.count is not None for row in rows)
            (seen if is_known else unseen).add(report.client.id)
            used += [_used(row) for row in rows if is_known]
        asked = [line for line in invoice.lines if _is_about(line, wanted)]
        whom = {text: client.id for text, client in clients.items()}
        about = [line for line in asked if whom.get(line.client.text) in {None, *seen}]
        dark = [line for line in asked if whom.get(line.client.text) in unseen]
        found = held_against(replace(invoice, lines=about), used, clients)
        return Comparison(
            name=invoice.name,
            differences=found.differences,
            lines=found.lines,
            unseen=len(unseen),
            aside=len(invoice.lines) - len(about) - len(dark),
            as_of=reports.as_of,
        )


def _used(row: UsageRow) -> Used:
    return Used(client=row.client, month=row.month or "", kind=row.kind or "", count=row.count or 0, amount=row.amount)


def _is_about(line: InvoiceLine, wanted: Wanted) -> bool:
    within = line.month is None or wanted.first <= line.month <= wanted.last
    return within and line.kind in wanted.kinds
