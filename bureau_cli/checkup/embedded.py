"""The embedded platform's file: whether it can be used, whose time it keeps, and what it was told to get wrong."""

from __future__ import annotations

from collections.abc import Iterator

from bureau_cli.checkup.processes import holders
from bureau_cli.checkup.verdicts import Surroundings, Verdict, not_checked, ok, problem, warning
from bureau_cli.errors import BureauError

_MIB = 1 << 20


def platform(surroundings: Surroundings) -> Iterator[Verdict]:
    """The store's size, version, clock and faults; what a clock or a fault does to the demo is easily forgotten."""
    path = surroundings.platform_file
    if not path.exists():
        yield not_checked("platform", f"there is no {path} yet; the first command makes it")
        return
    look = surroundings.store(path).look()
    users = f"; open in {', '.join(found)}" if (found := holders(path)) else ""
    yield ok("platform", f"{path}: version {look.version}, {path.stat().st_size / _MIB:.1f} MiB{users}")
    if look.pinned:
        yield warning(
            "platform-clock", f"it stands still at {look.clock:%Y-%m-%d %H:%M}", "bureau platform clock real -p demo"
        )
    else:
        yield ok("platform-clock", "it follows the real time")
    if look.faults:
        told = f"it makes errors on purpose: {', '.join(look.faults)}"
        yield warning("platform-faults", told, "bureau platform faults --clear -p demo")
    else:
        yield ok("platform-faults", "none")


def platform_integrity(surroundings: Surroundings) -> Iterator[Verdict]:
    """The store read from end to end; a large one may take longer than doctor waits."""
    path = surroundings.platform_file
    if not path.exists():
        return
    store = surroundings.store(path)
    try:
        store.look()
    except BureauError:  # which `platform` tells
        return
    if damage := store.damage():
        yield problem("platform-integrity", f"the store is damaged: {damage}", f"move {path} away; a fresh one is made")
    else:
        yield ok("platform-integrity", "the store is whole")


CHECKS = (platform, platform_integrity)
