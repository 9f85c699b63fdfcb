"""The way to the platform, tried only when asked for, and without a token; proxies are named without their password."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from bureau_cli.api import reach
from bureau_cli.checkup.verdicts import Surroundings, Verdict, not_checked, ok, problem, unknown, warning
from bureau_cli.domain.origin import Origin
from bureau_cli.errors import BureauError

SOON = timedelta(days=14)
CLOCK_MAY_DIFFER = timedelta(seconds=30)


def network(surroundings: Surroundings) -> Iterator[Verdict]:
    """Name, certificate, answer and clock, one after the other: the first that fails explains the rest."""
    try:
        settings = surroundings.settings
    except BureauError:
        yield unknown("network", "no profile can be read", "see config and profile above")
        return
    if settings.base_url is None:
        yield not_checked("network", f"the profile {settings.profile} needs none")
        return
    origin = Origin.of_base_url(settings.base_url)
    proxy = reach.proxy_for(origin)
    if proxy:
        yield ok("proxy", f"requests to {origin} go through {proxy}")
    if not surroundings.network:
        yield not_checked("network", f"{origin} was not asked", "bureau doctor --network")
        return
    if surroundings.transport is None and proxy is None:
        yield ok("network-name", f"{origin.host} is {', '.join(reach.addresses(origin))}")
        if origin.scheme == "https":
            yield certificate_verdict(reach.certificate_end(origin), surroundings.now())
    answer = reach.meta(origin, f"bureau/{surroundings.version}", surroundings.transport)
    yield ok("network-answer", f"{origin} is {answer.platform}; it took {answer.seconds * 1000:.0f} ms")
    yield clock_verdict(answer.date, surroundings.now())


def certificate_verdict(ends: datetime, now: datetime) -> Verdict:
    """How it is with a certificate that is trusted today."""
    found = f"it holds until {ends:%Y-%m-%d}"
    if ends - now < SOON:
        return warning("network-certificate", found, "tell the platform's support")
    return ok("network-certificate", found)


def clock_verdict(platform: datetime | None, now: datetime) -> Verdict:
    """This machine's clock against the platform's: tokens end, and deadlines fall, by the platform's."""
    if platform is None:
        return unknown("clock", "the platform does not tell the time")
    difference = now - (platform if platform.tzinfo else platform.replace(tzinfo=UTC))
    found = (
        f"{abs(difference.total_seconds()):.0f} s {'ahead of' if difference > timedelta() else 'behind'} the platform"
    )
    if abs(difference) > CLOCK_MAY_DIFFER:
        return problem("clock", found, "let the machine set its clock by the network (NTP)")
    return ok("clock", found)


CHECKS = (network,)
