"""Changes of many: one result an item, in order; each item's own key makes it safe to send again."""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from bureau_cli.platform import audit, idempotency
from bureau_cli.platform.calls import Deed
from bureau_cli.platform.problems import Problem

Item = Mapping[str, Any]
Result = dict[str, Any]


class Naming(Protocol):
    """How the items of one kind of change are told from each other."""

    def fingerprint(self, item: Item) -> str:
        """Give the text that is the same for items that ask for the same."""

    def named(self, item: Item) -> dict[str, str]:
        """Give what a result repeats of its item, beside the key."""


class Work(Naming, Protocol):
    """What one kind of change does with its items."""

    def filed_under(self, item: Item) -> tuple[str, str]:
        """Give the action and the subject under which a refusal of the item is filed."""

    def perform(self, item: Item) -> bool:
        """Do what the item asks and leave its event; tell whether anything changed.

        Raises the Problem that refuses the item, before anything of it is written.
        """


def first_results(deed: Deed, naming: Naming, items: Sequence[Item]) -> list[Result]:
    """Tell again what became of those items that were done before.

    Raises the Problem of a key that stands for something else, whether kept or in the request itself.
    """
    outcomes = _recall(deed, naming, items)
    return [_told_again(naming, item, outcomes[item["key"]]) for item in items if item["key"] in outcomes]


def perform_each(deed: Deed, work: Work, items: Sequence[Item]) -> list[Result]:
    """Do the items one by one; a refused one leaves its event, and spoils none of the others.

    Raises the Problem of a key used for something else before anything is done.
    """
    outcomes = _recall(deed, work, items)
    results = []
    for item in items:
        key = item["key"]
        if key in outcomes:
            results.append(_told_again(work, item, outcomes[key]))
            continue
        result = _perform(deed, work, item)
        if result["outcome"] != "refused":
            idempotency.keep(deed, key, work.fingerprint(item), result["outcome"])
            outcomes[key] = result["outcome"]
        results.append(result)
    return results


def _perform(deed: Deed, work: Work, item: Item) -> Result:
    named = {"key": item["key"], **work.named(item)}
    try:
        is_changed = work.perform(item)
    except Problem as problem:
        action, subject = work.filed_under(item)
        audit.record(deed, audit.Change(action=action, subject=subject, refused_with=problem.code))
        return {**named, "outcome": "refused", "code": problem.code, "message": problem.detail}
    return {**named, "outcome": "done" if is_changed else "unchanged"}


def _recall(deed: Deed, naming: Naming, items: Sequence[Item]) -> dict[str, str]:
    return idempotency.recall(deed, [(item["key"], naming.fingerprint(item)) for item in items])


def _told_again(naming: Naming, item: Item, outcome: str) -> Result:
    return {"key": item["key"], **naming.named(item), "outcome": outcome, "replayed": True}
