"""Letters to clients: what only a client itself can do, asked for in Norwegian."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bureau_cli.domain.clients import ClientReference, Person

MONTHS = (
    "januar", "februar", "mars", "april", "mai", "juni",
    "juli", "august", "september", "oktober", "november", "desember",
)  # fmt: skip
BETWEEN = "\n\f\n"
"""A form feed: each letter begins on a page of its own when the file is printed."""

REQUEST = """\
{client}
Org.nr. {orgnr}

{written}

Fjern tilgangen til {name}

Hei,

{name} {leaves}.
Dere har selv invitert {name} som bruker av lønnssystemet deres, og da er det bare dere som kan fjerne brukeren.
Vi ber dere gjøre det {when}:

  1. Logg inn i lønnssystemet som administrator for {client}.
  2. Finn {name} ({login}) i oversikten over brukere.
  3. Fjern brukeren.
{next}
Gi oss beskjed når det er gjort, så kontrollerer vi at tilgangen er borte.

Vennlig hilsen
{bureau}
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Removal:
    """What a client is asked to do: end the access it gave to somebody who leaves the bureau.

    `last_day` is None for who leaves at once; `successor` is who owns the client from now on, where that changes.
    """

    client: ClientReference
    leaver: Person
    last_day: date | None
    successor: str | None

    def letter(self, bureau: str, written: date) -> str:
        """The letter that asks for it, in the name of the bureau."""
        gone = self.last_day is None or self.last_day < written
        last = _told(self.last_day or written)
        nxt = f"\nFra nå av er det {self.successor} som har ansvaret for lønnen deres hos oss.\n"
        return REQUEST.format(
            client=self.client.name,
            orgnr=_spaced(self.client.orgnr),
            written=_told(written),
            name=self.leaver.name,
            login=self.leaver.login,
            bureau=bureau,
            leaves=f"arbeider ikke lenger hos {bureau}" if gone else f"slutter hos {bureau} {last}",
            when="så snart dere kan" if gone else f"så snart {last} er over",
            next=nxt if self.successor else "",
        )


def letters(removals: Sequence[Removal], bureau: str, written: date) -> str:
    """One letter a client, in the order of the clients' numbers."""
    ordered = sorted(removals, key=lambda removal: removal.client.number)
    return BETWEEN.join(removal.letter(bureau, written) for removal in ordered)


def _told(day: date) -> str:
    return f"{day.day}. {MONTHS[day.month - 1]} {day.year}"


def _spaced(orgnr: str) -> str:
    return " ".join(orgnr[at : at + 3] for at in range(0, len(orgnr), 3))
