"""The files that usage is held against: a price list in TOML, and an invoice as a sheet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bureau_cli.commands._selection import CLIENT_COLUMNS
from bureau_cli.domain.invoice import Invoice, invoice
from bureau_cli.domain.prices import KINDS, PriceList, price_list
from bureau_cli.domain.selection import Token
from bureau_cli.formatters.entries import Record
from bureau_cli.formatters.read_toml import Written, read_toml
from bureau_cli.formatters.reading import read_records
from bureau_cli.formatters.titles import LANGUAGES, titles

_TYPED: Mapping[str, Sequence[str]] = {
    "kind": ("slag", "type", "art", "vare", "produkt", "product", "item"),
    "month": ("måned", "mnd", "period", "periode", "dato", "date"),
    "count": ("antall", "ant.", "quantity", "qty", "units", "stk"),
    "amount": ("beløp", "sum", "total", "kr", "nok", "netto", "net"),
}
"""Titles that people and their accounting give these columns, beside our own."""

_KINDS: Mapping[str, Sequence[str]] = {
    "payslip": ("payslips", "lønnsslipper", "lønnsslipp", "lønslipp", "lønslipper"),
    "travel": ("travels", "travel claim", "travel claims", "reise", "reiser", "reiseregning", "reiseregninger"),
    "expense": ("expenses", "expense claim", "expense claims", "utlegg", "utleggsrefusjon"),
    "absence": ("absences", "fravær"),
}
"""What kinds of usage are called on invoices, beside our own words."""


def prices_of(written: Written) -> PriceList:
    """The price list of a file.

    Raises:
        DocumentInvalid: it is none; the place is told.
    """
    return price_list(written.name, read_toml(written))


def invoice_of(written: Written) -> Invoice:
    """The lines of an invoice, from csv or xlsx.

    Raises:
        FileInvalid, DocumentInvalid: it cannot be read as one; the place is told.
    """
    records = read_records(written.name, written.content, _columns(), required=("client", "kind", "count"))
    return invoice(written.name, [_tokens(record) for record in records])


def _columns() -> Mapping[str, Sequence[str]]:
    """The columns by the titles they may have, ours in every language and those people type."""
    return {
        "client": tuple(dict.fromkeys((*_called("number"), *CLIENT_COLUMNS))),
        **{key: tuple(dict.fromkeys((*_called(key), *typed))) for key, typed in _TYPED.items()},
    }


def _called(key: str) -> tuple[str, ...]:
    return (key, *(titles(lang).columns[key].casefold() for lang in LANGUAGES))


def _tokens(record: Record) -> dict[str, Token]:
    """A row's cells, with the words of any language for a kind as the contract has them."""
    words = {word: kind for kind, typed in _KINDS.items() for word in typed}
    words |= {titles(lang).state(kind).casefold(): kind for lang in LANGUAGES for kind in KINDS}
    return {
        key: Token(text=words.get(entry.value.casefold(), entry.value) if key == "kind" else entry.value,
                   place=entry.place)
        for key, entry in record.items()
    }  # fmt: skip
