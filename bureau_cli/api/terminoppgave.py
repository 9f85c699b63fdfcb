"""What a client is to pay of a term, from the JSON of `/v1/reports/terminoppgave`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bureau_cli.api.clients import person_from, reference_from, withheld_from
from bureau_cli.api.reading import day, flag, instant, many, money, optional, text, whole
from bureau_cli.domain.terminoppgave import (
    DifferenceReason,
    Fribelop,
    TermDifference,
    TermLaw,
    TermLine,
    TermMonth,
    TermPayment,
    TermReport,
    TermSums,
    Validity,
)


def term_report_from(item: Mapping[str, Any]) -> TermReport:
    """A client's term from its JSON; lists that are withheld are null."""
    return TermReport(
        client=reference_from(item["client"]),
        owner=optional(person_from, item["owner"]),
        term=text(item["term"]),
        differs=optional(flag, item["differs"]),
        sums=optional(_sums_from, item["sums"]),
        months=optional(lambda months: many(_month_from, months), item["months"]),
        lines=optional(lambda lines: many(_line_from, lines), item["lines"]),
        payments=optional(lambda payments: many(_payment_from, payments), item["payments"]),
        fribelop=optional(_fribelop_from, item["fribelop"]),
        differences=optional(lambda differences: many(_difference_from, differences), item["differences"]),
        withheld=optional(withheld_from, item["withheld"]),
        fetched_at=instant(item["fetched_at"]),
    )


def _sums_from(item: Mapping[str, Any]) -> TermSums:
    return TermSums(
        aga=optional(money, item["aga"]),
        finansskatt=optional(money, item["finansskatt"]),
        forskuddstrekk=optional(money, item["forskuddstrekk"]),
        utleggstrekk=optional(money, item["utleggstrekk"]),
    )


def _month_from(item: Mapping[str, Any]) -> TermMonth:
    return TermMonth(month=text(item["month"]), basis=text(item["basis"]), sums=_sums_from(item))


def _line_from(item: Mapping[str, Any]) -> TermLine:
    return TermLine(
        month=text(item["month"]),
        kind=text(item["kind"]),
        site=optional(text, item["site"]),
        zone=optional(text, item["zone"]),
        sector=optional(text, item["sector"]),
        base=optional(money, item["base"]),
        rate=optional(money, item["rate"]),
        amount=money(item["amount"]),
        lawful=optional(flag, item["lawful"]),
    )


def _payment_from(item: Mapping[str, Any]) -> TermPayment:
    return TermPayment(
        part=whole(item["part"]),
        kind=text(item["kind"]),
        pay_date=optional(day, item["pay_date"]),
        amount=money(item["amount"]),
        reported=optional(money, item["reported"]),
        due=day(item["due"]),
        account=optional(text, item["account"]),
        kid=optional(text, item["kid"]),
        kid_valid=optional(flag, item["kid_valid"]),
        paid=optional(flag, item["paid"]),
    )


def _fribelop_from(item: Mapping[str, Any]) -> Fribelop:
    return Fribelop(
        limit=money(item["limit"]),
        base=money(item["base"]),
        used=money(item["used"]),
        left=money(item["left"]),
        used_up_in=optional(text, item["used_up_in"]),
    )


def _difference_from(item: Mapping[str, Any]) -> TermDifference:
    return TermDifference(
        month=text(item["month"]),
        kind=text(item["kind"]),
        reported=money(item["reported"]),
        expected=money(item["expected"]),
        difference=money(item["difference"]),
        reasons=many(_reason_from, item["reasons"]),
    )


def _reason_from(item: Mapping[str, Any]) -> DifferenceReason:
    return DifferenceReason(
        reason=text(item["reason"]), message=optional(text, item["message"]), run=optional(text, item["run"])
    )


def term_law_from(item: Mapping[str, Any]) -> TermLaw:
    """The rules of a term from their JSON."""
    return TermLaw(
        due=day(item["due"]),
        aga=_validity_from(item["aga"]),
        finansskatt=_validity_from(item["finansskatt"]),
        extra=optional(_validity_from, item["extra"]),
        account=_validity_from(item["account"]),
        withholding=_validity_from(item["withholding"]),
    )


def _validity_from(rule: Mapping[str, Any]) -> Validity:
    item = rule["validity"]
    return Validity(first=day(item["first"]), last=day(item["last"]), source=text(item["source"]))
