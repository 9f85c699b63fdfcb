"""The audit trail as its reader has it: found in, verified whatever was done to the store, and anchored."""

from __future__ import annotations

import hashlib
import json
import stat
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from commands.outside import Counted
from oracle.trail import canonical

from bureau_cli.app import Wiring

EVENTS = 8
BEFORE_ANY = '{"schema":"bureau/audit.anchor@1","data":{"seq":0,"hash":"","at":"2026-11-23","bureau":"","platform":""}}'
NUMBERS = ",".join(str(number) for number in range(10001, 10001 + EVENTS))


@pytest.fixture
def trail(bureau: Any) -> None:
    """Eight events, done by one run."""
    assert bureau("groups", "add", "paused", "--clients", NUMBERS, "--yes").code == 0


class Tampering:
    """Somebody with the store in their hands, who knows how hashes are made."""

    def __init__(self, sql: Callable[..., list[Any]]) -> None:
        self._sql = sql

    def put(self, seq: int, event: dict[str, Any], *, made: bool = False, stands_at: int | None = None) -> None:
        """Write an event in the place of `stands_at`, with the hash there is or one that is made for it."""
        there = self._sql("SELECT * FROM audit_event WHERE seq = ?", stands_at or seq)
        text = canonical(event)
        digest = hashlib.sha256((event["prev_hash"] + text).encode()).hexdigest() if made else there[0]["hash"]
        self._sql("UPDATE audit_event SET event = ?, hash = ? WHERE seq = ?", text, digest, stands_at or seq)

    def event(self, seq: int) -> dict[str, Any]:
        return json.loads(self._sql("SELECT event FROM audit_event WHERE seq = ?", seq)[0]["event"])

    def hash(self, seq: int) -> str:
        return str(self._sql("SELECT hash FROM audit_event WHERE seq = ?", seq)[0]["hash"])

    def edit(self, seq: int, *, made: bool = False, **more: Any) -> None:
        self.put(seq, self.event(seq) | more, made=made)

    def cut(self, first: int, last: int) -> None:
        self._sql("DELETE FROM audit_event WHERE seq BETWEEN ? AND ?", first, last)

    def swap(self, one: int, other: int) -> None:
        for old, new in ((one, -1), (other, one), (-1, other)):
            self._sql("UPDATE audit_event SET seq = ? WHERE seq = ?", new, old)

    def insert(self, seq: int) -> None:
        """Put a copy of the one before at `seq`, changed and with a hash of its own; the others move up."""
        for number in range(EVENTS, seq - 1, -1):
            self._sql("UPDATE audit_event SET seq = ? WHERE seq = ?", number + 1, number)
        self._sql(
            "INSERT INTO audit_event SELECT bureau_id, ?, at, actor, action, subject, outcome, request_id, run_id,"
            " event, hash FROM audit_event WHERE seq = ?",
            seq,
            seq - 1,
        )
        forged = self.event(seq) | {"seq": seq, "prev_hash": self.hash(seq - 1), "actor": "someone.else"}
        self.put(seq, forged, made=True)

    def remake(self, first: int) -> None:
        """Make every hash from here on anew, so that the chain is whole again."""
        for before, seq in pairwise(range(first - 1, EVENTS + 1)):
            self.edit(seq, made=True, prev_hash=self.hash(before))


@pytest.fixture
def tampering(sql: Any) -> Tampering:
    return Tampering(sql)


DAMAGES: dict[str, tuple[Callable[[Tampering], None], list[tuple[str, int, int]]]] = {
    "edited": (lambda t: t.edit(4, actor="someone.else"), [("edited", 4, 4)]),
    "edited in what it says became": (lambda t: t.edit(4, after={"member": False}), [("edited", 4, 4)]),
    "edited with its hash": (lambda t: t.edit(4, made=True, actor="someone.else"), [("unlinked", 5, 5)]),
    "the first edited with its hash": (
        lambda t: t.edit(1, made=True, prev_hash="1" * 64),
        [("unlinked", 1, 2)],
    ),
    "two of them edited": (
        lambda t: [t.edit(seq, actor="someone.else") for seq in (4, 5)],
        [("edited", 4, 5)],
    ),
    "deleted": (lambda t: t.cut(4, 4), [("deleted", 4, 4)]),
    "several deleted": (lambda t: t.cut(3, 5), [("deleted", 3, 5)]),
    "the first deleted": (lambda t: t.cut(1, 2), [("deleted", 1, 2)]),
    "two swapped": (lambda t: t.swap(4, 5), [("reordered", 4, 4)]),
    "two far apart swapped": (lambda t: t.swap(3, 6), [("reordered", 3, 3), ("reordered", 4, 5)]),
    "inserted": (lambda t: t.insert(4), [("inserted", 4, 4)]),
}


def verified(bureau: Any, *more: object) -> tuple[int, list[tuple[str, int, int]], str]:
    outcome = bureau("audit", "verify", "-o", "json", *more)
    flaws = [(flaw["state"], flaw["seq"], flaw["last_seq"]) for flaw in outcome.json["data"]]
    return outcome.code, flaws, outcome.err


@pytest.mark.usefixtures("trail")
@pytest.mark.parametrize("damage", DAMAGES)
def test_whatever_was_done_to_the_trail_is_told_by_its_number(bureau: Any, tampering: Tampering, damage: str) -> None:
    assert verified(bureau)[:2] == (0, []), "the control: before that it is whole"
    do, expected = DAMAGES[damage]
    do(tampering)
    code, flaws, told = verified(bureau)
    assert (code, flaws) == (9, expected)
    assert "not whole" in told


@pytest.mark.usefixtures("trail")
def test_of_an_edited_event_the_hash_it_has_and_the_one_it_should_have_are_told(
    bureau: Any, tampering: Tampering
) -> None:
    before = tampering.hash(4)
    tampering.edit(4, actor="someone.else")
    (flaw,) = bureau("audit", "verify", "-o", "json").json["data"]
    made = hashlib.sha256((tampering.hash(3) + canonical(tampering.event(4))).encode()).hexdigest()
    assert (flaw["hash"], flaw["expected"]) == (before, made)


@pytest.mark.usefixtures("trail")
def test_a_whole_trail_says_how_much_was_looked_at(bureau: Any) -> None:
    outcome = bureau("audit", "verify")
    assert outcome.code == 0
    assert outcome.err.startswith("8 events, 1 to 8, whole; without an anchor")
    assert bureau("audit", "verify", "--from-seq", 3).err.startswith("6 events, 3 to 8, whole")


@pytest.mark.usefixtures("trail")
@pytest.mark.parametrize(
    ("damage", "expected"),
    [
        (lambda t: t.cut(7, 8), [("cut", 7, 8)]),
        (lambda t: [t.edit(4, actor="someone.else"), t.remake(4)], [("rewritten", 8, 8)]),
        (lambda t: t.cut(1, 8), [("cut", 1, 8)]),
    ],
    ids=["tail cut", "written anew", "all gone"],
)
def test_what_is_whole_in_itself_is_told_by_an_anchor_alone(
    bureau: Any, tampering: Tampering, clean_world: Path, damage: Callable[[Tampering], None], expected: list[Any]
) -> None:
    kept, elsewhere = clean_world / ".local/share/bureau/anchors/demo.json", clean_world / "anchor.json"
    assert bureau("audit", "anchor", "--out", elsewhere).code == 0
    assert bureau("audit", "verify").err.rstrip().endswith("agrees")
    damage(tampering)
    assert verified(bureau)[:2] == (9, expected)
    kept.unlink()
    assert verified(bureau)[:2] == (0, []), "the control: without it nobody can know"
    assert verified(bureau, "--anchor", elsewhere)[:2] == (9, expected)


@pytest.mark.usefixtures("trail")
def test_an_anchor_is_for_its_owners_eyes_and_is_not_made_of_a_broken_trail(
    bureau: Any, tampering: Tampering, clean_world: Path
) -> None:
    kept, elsewhere = clean_world / ".local/share/bureau/anchors/demo.json", clean_world / "anchor.json"
    made = bureau("audit", "anchor", "--out", elsewhere, "-o", "json")
    assert made.code == 0
    for path in (kept, elsewhere):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert json.loads(path.read_text())["data"]["seq"] == EVENTS
    before = kept.read_text()
    tampering.edit(8, made=True, actor="someone.else")
    bureau("groups", "create", "oslo")
    refused = bureau("audit", "anchor")
    assert refused.code == 7
    assert "[trail_broken]" in refused.err
    assert kept.read_text() == before


@pytest.mark.usefixtures("trail")
def test_a_bureau_made_anew_on_purpose_begins_with_an_anchor_of_its_own(bureau: Any) -> None:
    assert bureau("audit", "anchor").code == 0
    assert bureau("platform", "reset", "--yes").code == 0
    assert verified(bureau)[0] == 9
    bureau("groups", "create", "oslo")
    assert bureau("audit", "anchor").code == 7
    assert bureau("audit", "anchor", "--anew").code == 0
    assert verified(bureau)[:2] == (0, [])


@pytest.mark.usefixtures("trail")
def test_reading_on_from_an_anchor_needs_no_event_before_it(bureau: Any, tampering: Tampering) -> None:
    assert bureau("audit", "anchor").code == 0
    bureau("groups", "create", "oslo")
    assert verified(bureau, "--from-seq", 9)[:2] == (0, [])
    tampering.edit(9, made=True, prev_hash="1" * 64)
    assert verified(bureau, "--from-seq", 9)[:2] == (9, [("unlinked", 9, 9)])


@pytest.mark.usefixtures("trail")
def test_an_anchor_that_was_given_and_says_nothing_of_what_was_read_proves_nothing(
    bureau: Any, clean_world: Path
) -> None:
    given = clean_world / "anchor.json"
    assert bureau("audit", "anchor", "--out", given).code == 0
    for group in ("oslo", "bergen"):
        bureau("groups", "create", group)
    assert verified(bureau, "--anchor", given, "--from-seq", 9)[:2] == (0, []), "what follows it is held against it"
    code, flaws, told = verified(bureau, "--anchor", given, "--from-seq", 10)
    assert (code, flaws) == (10, [])
    assert "lies before what was read" in told


def test_a_trail_of_nothing_is_whole_and_has_no_anchor(bureau: Any) -> None:
    assert bureau("audit", "verify").code == 0
    assert bureau("audit", "anchor").code == 5
    beyond = bureau("audit", "verify", "--from-seq", 2)
    assert (beyond.code, beyond.err.strip()) == (10, "there are no events from 2 on")
    assert bureau("audit", "verify").err.strip() == "there are no events"


@pytest.mark.usefixtures("trail")
@pytest.mark.parametrize(
    "text", ["", "{}", "[]", '{"schema":"bureau/plan@1"}', '{"schema":"bureau/audit.anchor@1"}', BEFORE_ANY]
)
def test_what_is_no_anchor_is_told(bureau: Any, tmp_path: Path, text: str) -> None:
    file = tmp_path / "file.json"
    file.write_text(text)
    refused = bureau("audit", "verify", "--anchor", file)
    assert refused.code == 2
    assert "is no anchor" in refused.err


@pytest.mark.usefixtures("trail")
def test_a_missing_anchor_is_told_with_the_command_that_writes_one(bureau: Any, tmp_path: Path) -> None:
    refused = bureau("audit", "verify", "--anchor", tmp_path / "nowhere.json")
    assert refused.code == 2
    assert "fix: bureau audit anchor --out anchor.json" in refused.err


@pytest.mark.usefixtures("trail")
@pytest.mark.parametrize("content", [b"", b"{}", b"\xff\xfe"])
def test_a_damaged_anchor_here_stops_until_it_is_begun_anew(bureau: Any, clean_world: Path, content: bytes) -> None:
    assert bureau("audit", "anchor").code == 0
    (clean_world / ".local/share/bureau/anchors/demo.json").write_bytes(content)
    for word in ("verify", "anchor"):
        refused = bureau("audit", word)
        assert refused.code == 2
        assert "bureau audit anchor --anew" in refused.err
    assert bureau("audit", "anchor", "--anew").code == 0
    assert bureau("audit", "verify").code == 0


@pytest.mark.usefixtures("trail")
def test_an_anchor_of_another_bureau_says_nothing_of_this_one(bureau: Any, clean_world: Path, tmp_path: Path) -> None:
    bureau("audit", "anchor")
    kept = clean_world / ".local/share/bureau/anchors/demo.json"
    other = tmp_path / "other.json"
    document = json.loads(kept.read_text())
    document["data"]["bureau"] = "310000001"
    other.write_text(json.dumps(document))
    assert bureau("audit", "verify", "--anchor", other).code == 2
    kept.write_text(other.read_text())
    assert "without an anchor" in bureau("audit", "verify").err


def test_only_overseers_read_the_trail(bureau: Any, acting_as: Any, sql: Any) -> None:
    acting_as(sql("SELECT login FROM user WHERE role = 'officer' AND left_on IS NULL")[0]["login"])
    for words in (["list"], ["verify"], ["anchor"]):
        refused = bureau("audit", *words)
        assert (refused.code, "[role_forbids" in refused.err) == (4, True)


def seqs(bureau: Any, *words: object) -> list[int]:
    outcome = bureau("audit", "list", "-o", "json", *words)
    assert outcome.code == 0, outcome.err
    return [event["seq"] for event in outcome.json["data"]]


@pytest.mark.usefixtures("trail")
def test_events_are_found_by_what_they_are_about_and_who_did_what_when(bureau: Any) -> None:
    bureau("groups", "create", "paused")
    bureau("groups", "create", "oslo")
    run = bureau("history", "list", "-o", "json").json["data"][0]["run"]
    found = {
        "": list(range(10, 0, -1)),
        "--sort seq --limit 2": [1, 2],
        "--outcome refused": [9],
        "--action group.create": [10, 9],
        "--action group.member.*": list(range(8, 0, -1)),
        "--subject groups/oslo": [10],
        f"--run {run} --limit 1": [8],
        "--run last --limit 1": [8],
        "--actor kari.nordmann --limit 1": [10],
        "--actor me --limit 1": [10],
        "--actor ola.admin": [],
        "--from 2026-11-23 --to 2026-11-23 --limit 1": [10],
        "--to 2026-11-22": [],
        "--user ola.admin": [],
    }
    assert {words: seqs(bureau, *words.split()) for words in found} == found
    at_one = bureau("audit", "list", "--client", "10001", "-o", "json").json["data"]
    assert [event["subject"] for event in at_one] == ["groups/paused/members/cl_000001"]


@pytest.mark.usefixtures("trail")
def test_the_client_is_told_by_number_and_name_and_the_subject_as_it_is_in_the_trail(
    bureau: Any, tampering: Tampering, sql: Any
) -> None:
    subjects = {
        1: "clients/cl_000003/access/me.too",
        2: "clients/cl_none/altinn",
        3: "users/cl_000003",
        4: "clients//x",
    }
    for seq, subject in subjects.items():
        tampering.edit(seq, subject=subject)
    (client,) = sql("SELECT number, name FROM client WHERE id = 'cl_000003'")
    (member,) = sql("SELECT number, name FROM client WHERE id = ?", tampering.event(8)["subject"].split("/")[3])
    found = {event["seq"]: event for event in bureau("audit", "list", "-o", "json").json["data"]}
    told = {seq: (found[seq]["number"], found[seq]["name"]) for seq in (*subjects, 8)}
    nobody = (None, None)
    assert told[8] == tuple(member)
    assert {seq: told[seq] for seq in subjects} == {1: tuple(client), 2: nobody, 3: nobody, 4: nobody}
    assert {seq: found[seq]["subject"] for seq in subjects} == subjects
    about = {seq: found[seq]["about"] for seq in (*subjects, 8)}
    assert about == {1: "me.too", 2: None, 3: "cl_000003", 4: None, 8: "paused"}
    assert client["name"] in bureau("audit", "list", "--sort", "seq", "--limit", 1, "-o", "table").text


def test_all_clients_of_a_page_are_looked_up_in_few_requests_and_each_once(bureau: Any) -> None:
    for group in ("paused", "finance"):
        assert bureau("groups", "add", group, "--all-clients", "--yes").code == 0
    counted = Counted()
    events = bureau("audit", "list", "-o", "json", wiring=Wiring(around=counted.around)).json["data"]
    numbers = [event["number"] for event in events]
    assert (None in numbers, len(set(numbers)) < len(numbers)) == (False, True)
    assert counted.requests.count("GET /v1/clients") == -(-len(set(numbers)) // 100) == 2


@pytest.mark.parametrize(
    "words",
    [
        "--subject groups/* --user ola.admin",
        "--from yesterday",
        "--from 2026-11-02 --to 2026-11-01",
        "--sort actor",
        "--client nobody-of-that-name",
    ],
)
def test_a_question_that_cannot_be_asked_is_told(bureau: Any, words: str) -> None:
    assert bureau("audit", "list", *words.split()).code in {2, 5}


@pytest.mark.usefixtures("trail")
def test_before_and_after_are_a_sentence_to_people_and_objects_to_programs(bureau: Any) -> None:
    bureau("groups", "rename", "paused", "--title", "Satt på vent")
    (event,) = bureau("audit", "list", "--limit", 1, "-o", "json").json["data"]
    assert event["before"]["title"] != event["after"]["title"] == "Satt på vent"
    assert event["changed"] == f"title: {event['before']['title']} → Satt på vent"
    shown = bureau("audit", "list", "--limit", 1, "-o", "table").text
    assert "→ Satt på vent" in shown
    assert '{"' not in shown
