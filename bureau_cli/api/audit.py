"""`/v1/audit-events`: what was changed or refused, to be read or to be verified."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bureau_cli.api.clients import pairs
from bureau_cli.api.pages import Pages
from bureau_cli.api.reading import instant, optional, text, whole
from bureau_cli.api.wire import Wire
from bureau_cli.domain.audit import AuditEvent, State
from bureau_cli.domain.trail import Link

PATH = "/v1/audit-events"
PAGE_SIZE = 500


class AuditApi:
    """Reads the trail as it comes: what is wrong with its numbers is a finding about it, not about the answer."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    def list(self, query: Mapping[str, Any], *, most: int | None = None) -> Pages[AuditEvent]:
        """The events that fit the query."""
        return Pages(self._wire, PATH, list(pairs(query)), _event_from, size=PAGE_SIZE, identity=(), most=most)

    def links(self, query: Mapping[str, Any], *, most: int | None = None) -> Pages[Link]:
        """The same events as links of the chain."""
        return Pages(self._wire, PATH, list(pairs(query)), _link_from, size=PAGE_SIZE, identity=(), most=most)


def _event_from(item: Mapping[str, Any]) -> AuditEvent:
    return AuditEvent(
        seq=whole(item["seq"]),
        at=instant(item["at"]),
        actor=optional(text, item["actor"]),
        action=text(item["action"]),
        subject=text(item["subject"]),
        outcome=text(item["outcome"]),
        code=optional(text, item["code"]),
        before=_state(item["before"]),
        after=_state(item["after"]),
        request_id=text(item["request_id"]),
        run_id=optional(text, item["run_id"]),
        prev_hash=text(item["prev_hash"]),
        hash=text(item["hash"]),
    )


def _link_from(item: Mapping[str, Any]) -> Link:
    return Link(
        seq=whole(item["seq"]),
        at=instant(item["at"]),
        prev_hash=text(item["prev_hash"]),
        hash=text(item["hash"]),
        content={name: value for name, value in item.items() if name != "hash"},
    )


def _state(value: Any) -> State:
    if value is not None and not isinstance(value, dict):
        raise TypeError("neither an object nor null")
    return value
