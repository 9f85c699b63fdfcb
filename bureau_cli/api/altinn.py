"""`/v1/altinn-settings`: the bureau's own Altinn settings at its clients."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bureau_cli.api.changes import change_many
from bureau_cli.api.clients import pairs, person_from, reference_from
from bureau_cli.api.pages import Pages
from bureau_cli.api.reading import flag, instant, many, optional, text
from bureau_cli.api.wire import Wire
from bureau_cli.domain.altinn import AltinnSettings
from bureau_cli.domain.changes import ItemResult

PATH = "/v1/altinn-settings"


class AltinnApi:
    """Reads and changes Altinn settings. `page_size` is how many clients one request asks for."""

    def __init__(self, wire: Wire, *, page_size: int) -> None:
        self._wire = wire
        self._page_size = page_size

    def list(self, query: Mapping[str, Any], *, most: int | None = None) -> Pages[AltinnSettings]:
        """The settings of every client the query fits, by the clients' names."""
        return Pages(
            self._wire,
            PATH,
            list(pairs(query)),
            _settings_from,
            size=self._page_size,
            identity=("client",),
            most=most,
        )

    async def change(self, items: Sequence[Mapping[str, Any]]) -> Sequence[ItemResult]:
        """Change up to 500 clients' settings; one outcome an item, in order."""
        return await change_many(self._wire, f"{PATH}/changes", items)


def _settings_from(item: Mapping[str, Any]) -> AltinnSettings:
    return AltinnSettings(
        client=reference_from(item["client"]),
        partner_settings=flag(item["partner_settings"]),
        since=optional(instant, item["since"]),
        tagged=many(person_from, item["tagged"]),
        delegation=text(item["delegation"]),
        package=optional(text, item["package"]),
        etag=text(item["etag"]),
        fetched_at=instant(item["fetched_at"]),
    )
