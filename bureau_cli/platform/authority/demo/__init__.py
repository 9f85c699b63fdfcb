"""The demo's tax authority: it answers in the published shapes, the same for the same person, year and day.

Where the demo is told of, it gives the cards the demo tells of, a few of them changed since; to anybody else it gives a
card made of nothing but the number. What goes wrong at it is in `planted.py`. It remembers what was ordered, as the
agency does, so that it can tell what has changed since.
"""

import json
import sqlite3
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from bureau_cli.platform.authority import Body
from bureau_cli.platform.authority.demo import planted
from bureau_cli.platform.authority.demo.register import Register
from bureau_cli.platform.authority.demo.spelling import in_capitals
from bureau_cli.platform.clock import to_moment, to_seconds

_ONLY_CHANGES = "HENT_KUN_ENDRING"
_SECONDS, _PEOPLE_A_SECOND = 2, 1000
"""How long it takes to answer: the least, and for how many people a second more."""
_FIRST_REFERENCE = 4_000_000

_KNOWN = "SELECT fnr, at FROM demo_authority_person WHERE orgnr = ? AND year = ? ORDER BY fnr"
_REMEMBER = """
INSERT INTO demo_authority_person (orgnr, year, fnr, at) VALUES (?, ?, ?, ?)
ON CONFLICT DO UPDATE SET at = excluded.at
"""


class DemoAuthority:
    """A tax authority that keeps its orders in the store."""

    name = "demo"

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._register = Register(db)

    def order(self, body: Body, *, key: str, now: datetime) -> Body:
        """Work the answer out, and keep it until it is ready."""
        found = self._db.execute("SELECT reference FROM demo_authority_order WHERE key = ?", (key,)).fetchone()
        if found is None:
            answer = self._answer(body, now)
            people = sum(len(employer["arbeidstaker"]) for employer in answer["arbeidsgiver"])
            ready_at = to_seconds(now) + _SECONDS + people // _PEOPLE_A_SECOND
            found = self._db.execute(
                "INSERT INTO demo_authority_order (reference, key, answer, ready_at)"
                " VALUES ((SELECT ifnull(max(reference), ?) + 1 FROM demo_authority_order), ?, ?, ?)"
                " RETURNING reference",
                (_FIRST_REFERENCE, key, json.dumps(answer), ready_at),
            ).fetchone()
        number = found["reference"]
        return {"dialogreferanse": f"DR{number}", "bestillingsreferanse": f"BR{number}"}

    def answer(self, reference: str, *, now: datetime) -> Body | None:
        """Give what was worked out, once it is ready."""
        found = self._db.execute(
            "SELECT answer FROM demo_authority_order WHERE reference = ? AND ready_at <= ?",
            (reference.removeprefix("BR"), to_seconds(now)),
        ).fetchone()
        return None if found is None else dict(json.loads(found["answer"]))

    def _answer(self, body: Body, now: datetime) -> dict[str, Any]:
        year, employers = int(body["inntektsaar"]), body["forespoerselOmSkattekortTilArbeidsgiver"]["arbeidsgiver"]
        if body["bestillingstype"] == _ONLY_CHANGES:
            return self._changes(employers, year, now)
        answered = [self._employer(one, year, now) for one in employers]
        return {"status": "FORESPOERSEL_OK", "arbeidsgiver": [one for one in answered if one is not None]}

    def _changes(self, employers: Sequence[Mapping[str, Any]], year: int, now: datetime) -> dict[str, Any]:
        answered = []
        for employer in employers:
            orgnr = _orgnr(employer)
            known = self._db.execute(_KNOWN, (orgnr, year)).fetchall()
            if not known:
                return {"status": "ENDRINGSFORESPOERSEL_UTEN_TIDLIGERE_BESTILLING", "arbeidsgiver": []}
            changed = [row["fnr"] for row in known if self._is_changed(orgnr, row["fnr"], year, row["at"], now.date())]
            self._remember(orgnr, year, [row["fnr"] for row in known], now)
            answered += [self._told(orgnr, changed, year, now.date())] if changed else []
        return {"status": "FORESPOERSEL_OK" if answered else "INGEN_ENDRINGER", "arbeidsgiver": answered}

    def _is_changed(self, orgnr: str, fnr: str, year: int, since: int, today: date) -> bool:
        then = to_moment(since).date()
        return self._register.card(orgnr, fnr, year, then) != self._register.card(orgnr, fnr, year, today)

    def _employer(self, employer: Mapping[str, Any], year: int, now: datetime) -> dict[str, Any] | None:
        orgnr, people = _orgnr(employer), employer["arbeidstakeridentifikator"]
        index = self._register.index_of(orgnr)
        if index == planted.NOT_ANSWERED:
            return None
        if index == planted.EMPLOYER_INVALID:
            invalid = [_person(fnr, year, {"resultatForSkattekort": "ugyldigOrganisasjonsnummer"}) for fnr in people]
            return _under(orgnr, invalid)
        self._remember(orgnr, year, people, now)
        return self._told(orgnr, people, year, now.date())

    def _told(self, orgnr: str, people: Sequence[str], year: int, today: date) -> dict[str, Any]:
        cards = [(fnr, self._register.card(orgnr, fnr, year, today)) for fnr in people]
        told = [_person(fnr, year, card) for fnr, card in cards if card is not None]
        index = self._register.index_of(orgnr)
        return _under(orgnr, [in_capitals(one) for one in told] if index is not None and index % 2 else told)

    def _remember(self, orgnr: str, year: int, people: Sequence[str], now: datetime) -> None:
        self._db.executemany(_REMEMBER, [(orgnr, year, fnr, to_seconds(now)) for fnr in people])


def _orgnr(employer: Mapping[str, Any]) -> str:
    return str(employer["arbeidsgiveridentifikator"]["organisasjonsnummer"])


def _person(fnr: str, year: int, card: Mapping[str, Any]) -> dict[str, Any]:
    return {"arbeidstakeridentifikator": fnr, "inntektsaar": str(year), **card}


def _under(orgnr: str, people: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    return {"arbeidsgiveridentifikator": {"organisasjonsnummer": orgnr}, "arbeidstaker": list(people)}
