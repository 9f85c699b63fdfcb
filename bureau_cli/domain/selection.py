"""Which clients a command is about, as the user said it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from bureau_cli.errors import BadUsage


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """One client as written after `--clients`, and where it was written, for a message that can be acted on."""

    text: str
    place: str

    @classmethod
    def written(cls, text: str, place: str) -> Token:
        """Take it as it was written; an orgnr may stand in groups of three, and between NO and MVA as on an invoice."""
        digits = re.fullmatch(r"(?:NO)?\s*(\d{3})\s?(\d{3})\s?(\d{3})\s*(?:MVA)?", text.strip(), re.IGNORECASE)
        return cls(text="".join(digits.groups()) if digits else text, place=place)


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """The shared selection options; what is said several ways is intersected."""

    clients: tuple[Token, ...] | None = None
    groups: tuple[str, ...] = ()
    not_groups: tuple[str, ...] = ()
    owner: str | None = None
    where: str | None = None
    all_clients: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether nothing was said at all."""
        return self == Selection()

    @property
    def is_everybody(self) -> bool:
        """Whether it leaves nobody out."""
        return self in (Selection(), Selection(all_clients=True))

    @property
    def names_nobody(self) -> bool:
        """Whether it is a list of clients, and an empty one."""
        return self.clients == ()

    def described(self) -> str:
        """Say it as a person would: `payday-20 minus paused, owner me`."""
        parts: list[str] = []
        if self.clients is not None:
            parts.append(f"{len(self.clients)} named")
        if self.groups:
            parts.append(" and ".join(self.groups))
        if self.owner:
            parts.append(f"owner {self.owner}")
        if self.where:
            parts.append(f"where {self.where}")
        if not parts:
            parts.append("all clients")
        if self.not_groups:
            parts[-1] += f" minus {' minus '.join(self.not_groups)}"
        return ", ".join(parts)

    @property
    def identity(self) -> str:
        """What was said, in full: the same for the same words, however the clients among them are ordered."""
        return ", ".join([self.described(), *sorted(token.text for token in self.clients or ())])

    def required(self) -> Selection:
        """Itself, for a command that changes something and must be told on which clients.

        Raises:
            BadUsage: nothing was selected; `--all-clients` says so in words.
        """
        if self.is_empty:
            raise BadUsage(
                "no clients were selected",
                fix="choose with --clients, --group, --owner or --where, or say --all-clients",
            )
        return self


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientFilter:
    """What only `clients list` asks beside a selection."""

    member: str | None = None
    payday: int | None = None
    status: tuple[str, ...] = ()
    access: str | None = None

    def asked(self) -> dict[str, Any]:
        """The parts that were said, by the contract's names."""
        parts = {"member": self.member, "payday": self.payday, "status": self.status, "access": self.access}
        return {name: value for name, value in parts.items() if value not in (None, ())}

    def described(self) -> str:
        """Say it as a person would: `payday 20, status active or left`; empty where nothing was said."""
        words = {"status": " or ".join(self.status)}
        return ", ".join(f"{name} {words.get(name, value)}" for name, value in self.asked().items())


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolved:
    """A selection the platform has frozen: which clients it means today."""

    id: str
    count: int
    names: tuple[str, ...]
