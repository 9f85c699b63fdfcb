"""Tax cards: the parts of a run that are about them."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from bureau_cli.api.meta import MetaApi
from bureau_cli.api.tax_cards import TaxCardsApi
from bureau_cli.api.wire import new_key
from bureau_cli.services.tax_cards.gate import CardGate
from bureau_cli.services.tax_cards.imports import Imports
from bureau_cli.services.tax_cards.lists import TaxCards
from bureau_cli.services.tax_cards.orders import Orders

if TYPE_CHECKING:
    from bureau_cli.app import App


class TaxCardParts:
    """Each part is built when it is first asked for."""

    def __init__(self, app: App) -> None:
        self._app = app

    @cached_property
    def lists(self) -> TaxCards:
        """Where clients stand, the cards, and what newer ones changed."""
        return TaxCards(self._api, self._app.clients)

    @cached_property
    def orders(self) -> Orders:
        """Ordering cards for many."""
        return Orders(self._api, self._app.clients, MetaApi(self._app.wire).today, new_key)

    @cached_property
    def imports(self) -> Imports:
        """Taking in answers from files."""
        return Imports(self._api, self._app.clients, new_key)

    @cached_property
    def gate(self) -> CardGate:
        """Whether everybody to be paid has a card."""
        return CardGate(self._api, self._app.clients, MetaApi(self._app.wire).now)

    @cached_property
    def _api(self) -> TaxCardsApi:
        return TaxCardsApi(self._app.wire, page_size=self._app.settings.page_size)
