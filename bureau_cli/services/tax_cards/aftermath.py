"""Orders of tax cards and imports after they were made: what is left is ordered, and nothing is taken back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bureau_cli.bulk.plan import Plan, Step
from bureau_cli.bulk.report import Outcome
from bureau_cli.errors import RunFinal
from bureau_cli.services.tax_cards.orders import Orders


class TaxCardsAftermath:
    """Implements `services.history.Changes` for tax cards."""

    def __init__(self, orders: Orders) -> None:
        self._carrier = orders.carrier()

    async def carry_out(self, steps: Sequence[Step]) -> Sequence[Outcome]:
        """Order under the same keys: the platform answers for what was ordered, and orders nothing again."""
        return await self._carrier.send(steps)

    def knows_by_key(self, step: Step) -> bool:  # noqa: ARG002 - it is so for each
        """Every item has a key of its own."""
        return True

    async def in_place(self, steps: Sequence[Step]) -> Mapping[str, bool]:  # noqa: ARG002 - whichever they are
        """Nobody can tell by a card whether it was this order that fetched it."""
        return {}

    async def reversed(self, steps: Sequence[Step]) -> Plan:  # noqa: ARG002 - whichever they are
        """Refuse it.

        Raises:
            RunFinal: what was fetched or imported is known, and whoever was ordered was told.
        """
        raise RunFinal("tax cards that were fetched or imported cannot be taken back")
