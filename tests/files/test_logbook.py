"""The log of runs that nobody looks at."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from bureau_cli.files.logbook import MOST_BYTES, Began, Ended, Logbook

NOW = datetime(2026, 11, 23, 5, 10, tzinfo=UTC)


def test_a_run_is_found_by_its_line_and_one_that_was_killed_has_no_end(tmp_path: Path) -> None:
    log = Logbook(tmp_path / "logs" / "prod.ndjson", lambda text: text.replace("secret", "…"))
    first = Began(run="1", at=NOW, line=["status", "--where", "secret"])
    log.begin(first)
    log.end(first, Ended(at=NOW, exit_code=75, code="network", told=["a secret"]))
    log.begin(Began(run="2", at=NOW, line=["check", "done"]))
    with log.path.open("a", encoding="utf-8") as file:
        file.write('{"torn\n[]\n')
    known = log.newest(["status", "--where", "secret"])
    assert known is not None
    assert known.ended == Ended(at=NOW, exit_code=75, code="network", told=("a …",))
    killed = log.newest(["check", "done"])
    assert (killed is not None, killed and killed.ended) == (True, None)
    assert log.newest(["check"]) is None
    assert "secret" not in log.path.read_text(encoding="utf-8")
    assert (log.path.stat().st_mode & 0o777, log.path.parent.stat().st_mode & 0o777) == (0o600, 0o700)


def test_it_is_kept_short_by_its_size_and_by_age(tmp_path: Path) -> None:
    log = Logbook(tmp_path / "prod.ndjson", str)
    for number in range(60):
        log.begin(Began(run=str(number), at=NOW + timedelta(days=number), line=["x" * 10_000]))
    assert log.path.stat().st_size <= MOST_BYTES
    runs = log.runs()
    assert runs[-1].began.run == "59"
    log.begin(Began(run="later", at=NOW + timedelta(days=800), line=["x" * MOST_BYTES]))
    assert [run.began.run for run in log.runs()] == ["later"]
    assert len(runs) > 10
