"""The cards the demo's tax authority has: those the demo tells of, and what has changed since they were fetched."""

import json
import sqlite3
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from bureau_cli.platform.authority.demo import planted
from bureau_cli.platform.sources import Deduction
from bureau_cli.platform.sources.demo import DemoSource
from bureau_cli.platform.sources.demo.cards import (
    changing_day_of,
    deductions_of,
    first_day_of,
    issued_before,
    result_of,
)
from bureau_cli.platform.sources.demo.chance import Dice, noise
from bureau_cli.platform.sources.demo.months import MONTHS_A_YEAR, number_on
from bureau_cli.platform.sources.demo.staff import Worker
from bureau_cli.platform.sources.demo.withholding import plan_card
from bureau_cli.platform.store import setting

Card = Mapping[str, Any]

_SECOND = 2
_ALL, _PER_MILLE, _CHANGE = 1 << 16, 5, 100
_CHANGES_DAY = 10
_ONE_IN = 3
_ORE = 100
_KNOWN_KINDS = {"table": "trekktabell", "percent": "trekkprosent", "free_card": "frikort"}
_NUMBERS_A_CARD = 6


class Register:
    """Who has which card on a day."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        recipe = json.loads(setting(db, "source"))
        self._source = DemoSource.again(recipe) if recipe["name"] == DemoSource.name else None
        self._seed = int(recipe.get("seed", 0))
        self._workers: dict[str, Mapping[str, Worker]] = {}
        self._indexes: dict[str, int | None] = {}

    def index_of(self, orgnr: str) -> int | None:
        """Give the index of the demo's client with an organisasjonsnummer; None for anybody else."""
        if orgnr not in self._indexes:
            row = self._db.execute("SELECT id FROM client WHERE orgnr = ?", (orgnr,)).fetchone()
            is_known = self._source is not None and row is not None
            self._indexes[orgnr] = int(row["id"].removeprefix("cl_"), 16) if is_known else None
        return self._indexes[orgnr]

    def card(self, orgnr: str, fnr: str, year: int, today: date) -> Card | None:
        """Give what the authority says of somebody on a day; None where its answers leave them out."""
        worker = self._worker(orgnr, fnr, today)
        if worker is None:
            return self._stranger(fnr, year)
        index = self.index_of(orgnr)
        position = int(worker.employee.id[9:12], 16) if index == planted.STRANGE else None
        if position == planted.LEFT_OUT:
            return None
        return _with_what_is_planted(self._card(worker, index, year, today), position)

    def _worker(self, orgnr: str, fnr: str, today: date) -> Worker | None:
        index = self.index_of(orgnr)
        if index is None or self._source is None:
            return None
        if orgnr not in self._workers:
            staff = self._source.staff(index, number_on(today) + _SECOND)
            self._workers[orgnr] = {worker.employee.fnr: worker for worker in staff}
        return self._workers[orgnr].get(fnr)

    def _card(self, worker: Worker, index: int | None, year: int, today: date) -> Card:
        plan = worker.card
        kind = "table" if plan.kind == "never_fetched" else plan.kind
        changing = changing_day_of(worker, year)
        is_changed = changing is not None and changing[1] <= today
        fetched_on = changing[1] if changing is not None and is_changed else min(first_day_of(worker, year)[1], today)
        since = self._changes_since(worker.employee.fnr, index, year, today)
        percent = plan.percent_of(year, changed=is_changed) + _CHANGE * len(since)
        issued = since[-1] if since else issued_before(worker, fetched_on)
        said = deductions_of(kind, plan.table, percent)
        return _written(result_of(kind), said, plan.extra_info if said else (), issued)

    def _changes_since(self, fnr: str, index: int | None, year: int, today: date) -> list[date]:
        """Give the days on which somebody's card became another that nobody has fetched."""
        luck = noise(MONTHS_A_YEAR, self._seed, fnr, year, "changes")
        days = [date(year, month, _CHANGES_DAY) for month in range(1, MONTHS_A_YEAR + 1)]
        found = [day for day, number in zip(days, luck, strict=True) if number * 1000 < _PER_MILLE * _ALL]
        if index == planted.CHANGED_SINCE and luck[0] % _ONE_IN == 0:
            found.append(date(year, today.month, _SECOND))
        return sorted(day for day in found if day <= today)

    def _stranger(self, fnr: str, year: int) -> Card:
        """Give a card to somebody the demo does not tell of."""
        plan = plan_card(Dice(_NUMBERS_A_CARD, self._seed, fnr, "card"), None, d_number=False)
        kind = "table" if plan.kind == "never_fetched" else plan.kind
        said = deductions_of(kind, plan.table, plan.percent_of(year))
        return _written(result_of(kind), said, (), date(year - 1, 12, 1))


def _written(result: str, said: tuple[Deduction, ...], extra_info: tuple[str, ...], issued: date) -> Card:
    """Write a card in the published shape."""
    if not said:
        return {"resultatForSkattekort": result}
    card = {"utstedtDato": issued.isoformat(), "forskuddstrekk": [_deduction(one) for one in said]}
    told = {"tilleggsopplysning": list(extra_info)} if extra_info else {}
    return {"resultatForSkattekort": result, "skattekort": card, **told}


def _deduction(one: Deduction) -> dict[str, Any]:
    return {"trekkode": one.code, _KNOWN_KINDS[one.kind]: dict(_terms(one))}


def _terms(one: Deduction) -> Iterator[tuple[str, Any]]:
    if one.table is not None:
        yield "tabellnummer", one.table
    if one.percent is not None:
        yield "prosentsats", _number(one.percent, 100)
    if one.months is not None:
        yield "antallMaanederForTrekk", _number(one.months, 10)
    if one.free_amount is not None:
        yield "frikortbeloep", one.free_amount // _ORE


def _number(parts: int, whole: int) -> int | float:
    return parts / whole if parts % whole else parts // whole


def _with_what_is_planted(card: Card, position: int | None) -> Card:
    """Put into somebody's card what answers may hold, by their position at the client for it."""
    if position == planted.ASSESS_PERMIT:
        return {"resultatForSkattekort": "vurderArbeidstillatelse"}
    if position == planted.UNKNOWN_RESULT:
        return {**card, "resultatForSkattekort": "skattekortUnderBehandling"}
    if position == planted.UNKNOWN_CODE:
        return {**_with_deduction(card, {"trekkode": "loennFraPlattform", "trekkprosent": {"prosentsats": 12.5}})}
    if position == planted.UNREADABLE:
        both = {"trekktabell": {"tabellnummer": "8010", "prosentsats": 20}, "trekkprosent": {"prosentsats": 20}}
        return _with_deduction(card, {"trekkode": "loennFraHovedarbeidsgiver", **both})
    return card


def _with_deduction(card: Card, deduction: Mapping[str, Any]) -> Card:
    """Add a deduction to a card, and words of a kind to come."""
    said = card.get("skattekort", {"utstedtDato": "2026-01-01", "forskuddstrekk": []})
    more = {**said, "forskuddstrekk": [*said["forskuddstrekk"], deduction]}
    return {**card, "skattekort": more, "tilleggsopplysning": ["kildeskattPaaLoenn", "heltNyOpplysning"]}
