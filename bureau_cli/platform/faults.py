"""Faults on demand: what a client must be able to live with, for one request or for every so many.

A rule is written `KIND;name=value;…`, such as `503`, `429;retry_after=2`, `slow;seconds=0.02`,
`drop;path=/v1/clients;times=2` or `truncate;rate=0.05`; several rules are divided by commas. A path below `/authority`
is that of the platform's own calls to the tax authority: `401;path=/authority`.
"""

import hashlib
import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Any

from bureau_cli.platform.errors import PlatformError
from bureau_cli.platform.problems import BEARER_CHALLENGE, Problem, flaw

SLOW, DROP, DROP_AFTER, TRUNCATE = "slow", "drop", "drop_after", "truncate"
_UNAUTHENTICATED = "unauthenticated"
_REFUSALS: Mapping[str, str] = {
    _UNAUTHENTICATED: "unauthenticated",
    "conflict": "conflict",
    "precondition": "precondition_failed",
    "idempotency": "idempotency_mismatch",
    "rate_limited": "rate_limited",
    "internal": "internal",
    "busy": "busy",
}
"""The problem code each kind of refusal answers with."""

_BY_STATUS: Mapping[str, str] = {
    "401": _UNAUTHENTICATED,
    "409": "conflict",
    "412": "precondition",
    "422": "idempotency",
    "429": "rate_limited",
    "500": "internal",
    "503": "busy",
}
OUTWARD = "/authority"
"""Where the platform's own calls to the tax authority go; a rule about everything else is not about them."""

KINDS = frozenset({*_REFUSALS, SLOW, DROP, DROP_AFTER, TRUNCATE})
_WITH_RETRY_AFTER = frozenset({"rate_limited", "busy"})
_STEPS_OF_CHANCE = 2**32


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One rule: what happens to requests under a path, to `times` of them at most, to each with probability `rate`."""

    kind: str
    path: str = "/"
    method: str | None = None
    times: int | None = None
    rate: float = 1.0
    seconds: float = 1.0
    retry_after: int = 1

    @classmethod
    def parse(cls, text: str) -> "Fault":
        """Read one rule; raise PlatformError where it is none."""
        kind, *given = (part.strip() for part in text.split(";"))
        kind = _BY_STATUS.get(kind, kind)
        if kind not in KINDS:
            raise PlatformError("fault_invalid", f"there is no fault {kind!r}; there are {', '.join(sorted(KINDS))}")
        return cls(kind=kind, **dict(map(_read_value, given)))

    def __str__(self) -> str:
        given = ((one.name, getattr(self, one.name)) for one in fields(self) if getattr(self, one.name) != one.default)
        return ";".join(value if name == "kind" else f"{name}={value}" for name, value in given)

    def concerns(self, method: str, path: str) -> bool:
        """Tell whether a request is one the rule is about."""
        return path.startswith(self.path) and self.method in {None, method}

    def strikes(self, seen: int, hits: int) -> bool:
        """Tell whether the rule strikes the request that comes after `seen` others, of which it struck `hits`."""
        if self.times is not None and hits >= self.times:
            return False
        digest = hashlib.sha256(f"{self}/{seen}".encode()).digest()
        return int.from_bytes(digest[:4]) < self.rate * _STEPS_OF_CHANCE

    @property
    def refusal(self) -> Problem | None:
        """The problem the rule answers with, if it does."""
        if self.kind not in _REFUSALS:
            return None
        headers = {"Bureau-Fault": str(self)}
        if self.kind in _WITH_RETRY_AFTER:
            headers["Retry-After"] = str(self.retry_after)
        if self.kind == _UNAUTHENTICATED:
            headers |= BEARER_CHALLENGE
        return Problem(_REFUSALS[self.kind], "A fault that was asked for.", headers=headers)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What goes wrong with one request."""

    refusal: Problem | None = None
    delay: float = 0.0
    delivery: str | None = None


NOTHING_WRONG = Plan()


def plan(struck: Iterable[Fault]) -> Plan:
    """Put the rules that strike a request together: delays add up, of the others the first decides."""
    struck = list(struck)
    others = [fault for fault in struck if fault.kind != SLOW]
    first = others[0] if others else None
    return Plan(
        refusal=first.refusal if first else None,
        delay=sum(fault.seconds for fault in struck if fault.kind == SLOW),
        delivery=first.kind if first and first.kind not in _REFUSALS else None,
    )


def parse_all(text: str) -> list[Fault]:
    """Read rules divided by commas."""
    return [Fault.parse(part) for part in text.split(",")]


@dataclass(slots=True)
class _Count:
    """How many requests a rule has seen, and how many of them it struck."""

    seen: int = 0
    hits: int = 0

    def strikes(self, fault: Fault) -> bool:
        """Tell whether the rule strikes the next request, and count it."""
        hit = fault.strikes(self.seen, self.hits)
        self.seen += 1
        self.hits += hit
        return hit


@dataclass(slots=True)
class HeaderFaults:
    """The rules of `Bureau-Fault` headers, counted by the header's text for as long as the application lives."""

    _counts: dict[tuple[str, int], _Count] = field(default_factory=dict)

    def strike(self, text: str, method: str, path: str) -> list[Fault]:
        """Give the rules of one header that strike its request; raise the Problem of a header that holds none."""
        try:
            rules = parse_all(text)
        except PlatformError as error:
            errors = [flaw("/header/Bureau-Fault", error.message)]
            raise Problem("invalid_request", error.message, errors=errors, headers={"Bureau-Fault": "?"}) from error
        concerned = [(place, fault) for place, fault in enumerate(rules) if fault.concerns(method, path)]
        return [fault for place, fault in concerned if self._counts.setdefault((text, place), _Count()).strikes(fault)]


def stored(db: sqlite3.Connection) -> list[Fault]:
    """Give the rules kept in the store."""
    return [Fault.parse(row["rule"]) for row in db.execute("SELECT rule FROM fault ORDER BY position")]


def store(db: sqlite3.Connection, rules: Sequence[Fault]) -> None:
    """Keep these rules in place of all others."""
    db.execute("DELETE FROM fault")
    db.executemany("INSERT INTO fault (rule) VALUES (?)", ((str(rule),) for rule in rules))


def are_stored(db: sqlite3.Connection) -> bool:
    """Tell whether the store holds any rule."""
    return db.execute("SELECT 1 FROM fault LIMIT 1").fetchone() is not None


def strike_stored(db: sqlite3.Connection, method: str, path: str) -> list[Fault]:
    """Give the stored rules that strike a request, and count it."""
    struck = []
    for row in db.execute("SELECT position, rule, seen, hits FROM fault ORDER BY position").fetchall():
        fault = Fault.parse(row["rule"])
        if fault.concerns(method, path) and fault.path.startswith(OUTWARD) == path.startswith(OUTWARD):
            hit = fault.strikes(row["seen"], row["hits"])
            db.execute(
                "UPDATE fault SET seen = seen + 1, hits = hits + ? WHERE position = ?", (int(hit), row["position"])
            )
            struck += [fault] * hit
    return struck


def _rate(text: str) -> float:
    rate = float(text)
    if not 0 <= rate <= 1:
        raise ValueError
    return rate


def _natural(text: str) -> int:
    if not text.isdecimal():
        raise ValueError
    return int(text)


def _duration(text: str) -> float:
    seconds = float(text)
    if not 0 <= seconds <= 600:  # noqa: PLR2004 - nobody waits longer
        raise ValueError
    return seconds


_READERS: Mapping[str, Callable[[str], Any]] = {
    "path": str,
    "method": str.upper,
    "times": _natural,
    "rate": _rate,
    "seconds": _duration,
    "retry_after": _natural,
}


def _read_value(text: str) -> tuple[str, Any]:
    name, _, value = text.partition("=")
    try:
        return name, _READERS[name](value)
    except KeyError:
        raise PlatformError("fault_invalid", f"a fault has no {name!r}; it has {', '.join(_READERS)}") from None
    except ValueError:
        raise PlatformError("fault_invalid", f"{value!r} is no {name} of a fault") from None
