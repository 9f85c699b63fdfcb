"""A period is kept whole or not at all, and answers again as the platform answered, without asking it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from running import Bureau

from bureau_cli.app import Wiring

PERIOD = "2026-10"


@pytest.fixture
def saved(bureau: Bureau) -> Path:
    """The file of a snapshot of October, as the leader of the demo sees it."""
    assert bureau("snapshot", "save", "autumn", "--period", PERIOD).code == 0
    (file,) = (Path.home() / ".local/share/bureau/snapshots").glob("demo/*/autumn.snapshot")
    return file


def no_platform(_app: Any) -> Any:
    async def application(*_: Any) -> None:
        raise AssertionError("the platform was asked")

    return application


OFFLINE = Wiring(around=no_platform)

LISTS = (
    "clients list",
    "clients list --group payday-20 --not-group paused --status active --sort -active_employees",
    "clients list --owner me --payday 20 --access mine",
    "clients list --member kari.nordmann --sort owner --limit 5",
    "clients list --clients 10002,10005 --sort number",
    "clients show 10007",
    "groups list --sort -count",
    "groups show payday-20",
    "users list --active yes --role officer",
    "users show me",
    "access list",
    "access list --user me --role owner --sort to",
    "access list --state ended",
    "access list --ending-within 400d",
    "access list --stale 90d --group payday-20",
    "owners list --verdict differs",
    "altinn list --delegation missing --group payday-20",
    f"runs list --period {PERIOD} --state locked --type ordinary --payday 20 --group payday-20",
    "runs list --from 2026-10-05 --to 2026-10-20 --sort -pay_date",
    f"a-melding list --period {PERIOD} --severity immediate --payday 12",
    f"a-melding list --period {PERIOD} --all --state rejected --owner anne.aas",
    f"a-melding triage --period {PERIOD} --group payday-20",
    f"dashboard --period {PERIOD} --by owner",
    f"dashboard --period {PERIOD} --by group",
    "deadlines --from 2026-10-01 --to 2026-11-30 --kind term --kind a_melding --each --owner anne.aas",
)


@pytest.mark.usefixtures("saved")
def test_a_snapshot_answers_as_the_platform_did_and_does_not_ask_it(bureau: Bureau) -> None:
    for line in LISTS:
        live = bureau(*line.split(), "-o", "json")
        kept = bureau(*line.split(), "-o", "json", "--as-of", "autumn", wiring=OFFLINE)
        assert (live.code, kept.code) == (0, 0), (line, live.err, kept.err)
        assert kept.json["data"] == live.json["data"], line
        assert kept.json["data"], f"{line} finds nothing, so it proves nothing"
        assert kept.json["meta"]["snapshot"] in kept.err.splitlines()[0]
