"""Groups: named sets of clients. Whoever changes one may say which version they mean."""

import sqlite3
from typing import Any

from bureau_cli.platform import audit, idempotency
from bureau_cli.platform.calls import Answer, Call, Deed
from bureau_cli.platform.clock import to_text
from bureau_cli.platform.derived import follow_rule
from bureau_cli.platform.expressions import require_rule
from bureau_cli.platform.facts import as_of
from bureau_cli.platform.identity import new_id
from bureau_cli.platform.names import order_key
from bureau_cli.platform.pages import Order, Rows
from bureau_cli.platform.problems import Problem, flaw
from bureau_cli.platform.versions import require_version

_SORTED_BY = {"slug": "slug", "title": "title_order", "count": "member_count"}


def list_groups(call: Call) -> Answer:
    """List the bureau's groups."""
    sort: str = call.arguments.query["sort"]
    # The slug is unique within the bureau, so it is what the groups of a page are found by.
    columns = dict.fromkeys((_SORTED_BY[sort.removeprefix("-")], "slug"))
    rows = Rows(table="client_group", conditions=["bureau_id = :bureau"], parameters={"bureau": call.caller.bureau_id})
    page = call.pager.page(
        call.db, rows, Order(columns=tuple(columns), descending=sort.startswith("-")), call.arguments
    )
    return Answer(body=page.envelope([_show(require_group(call, slug)) for slug in page.ids], as_of(call)))


def get_group(call: Call) -> Answer:
    """Show one group."""
    return _with_etag(require_group(call, call.arguments.path["slug"]))


def create_group(call: Call) -> Answer:
    """Make a manual group without clients, or one that follows a rule."""
    return idempotency.once(call, lambda: _create(call))


def change_group(call: Call) -> Answer:
    """Change a group's slug, title or rule."""
    group = _matching_group(call)
    before = {name: group[name] for name in ("slug", "title", "rule")}
    after = before | _wanted(call)
    if after != before:
        if after["slug"] != before["slug"]:
            _require_free(call, after["slug"])
        call.db.execute(
            "UPDATE client_group SET slug = ?, title = ?, title_order = ?, kind = ?, rule = ?, version = version + 1,"
            " updated_at = ? WHERE id = ?",
            (
                after["slug"],
                after["title"],
                order_key(after["title"]),
                _kind(after["rule"]),
                after["rule"],
                call.seconds,
                group["id"],
            ),
        )
        if after["rule"] not in {None, before["rule"]}:
            follow_rule(call.db, group["id"], call.now)
        subject = f"groups/{group['slug']}"
        audit.record(call, audit.Change(action="group.change", subject=subject, before=before, after=after))
    return _with_etag(require_group(call, after["slug"]))


def delete_group(call: Call) -> Answer:
    """Delete a group, not its clients."""
    group = _matching_group(call)
    call.db.execute("DELETE FROM client_group WHERE id = ?", (group["id"],))
    before = {"slug": group["slug"], "title": group["title"], "count": group["member_count"]}
    audit.record(call, audit.Change(action="group.delete", subject=f"groups/{group['slug']}", before=before))
    return Answer(body=None, status=204)


def require_group(deed: Deed, slug: str) -> sqlite3.Row:
    """Find a group of the caller's bureau, or raise the Problem that there is none."""
    group: sqlite3.Row | None = _find(deed, slug)
    if group is None:
        raise Problem("group_not_found", f"There is no group {slug}.")
    return group


def id_once_meant(deed: Deed, slug: str) -> str | None:
    """Find the id of the group a slug means, or of the one it meant last; a request sent again means the same one."""
    row = deed.db.execute(
        "SELECT id, 0 AS is_former FROM client_group WHERE bureau_id = :bureau AND slug = :slug"
        " UNION ALL SELECT group_id, 1 FROM former_slug WHERE bureau_id = :bureau AND slug = :slug"
        " ORDER BY is_former LIMIT 1",
        {"bureau": deed.caller.bureau_id, "slug": slug},
    ).fetchone()
    return None if row is None else str(row["id"])


def _find(deed: Deed, slug: str) -> sqlite3.Row | None:
    found: sqlite3.Row | None = deed.db.execute(
        "SELECT * FROM client_group WHERE bureau_id = ? AND slug = ?", (deed.caller.bureau_id, slug)
    ).fetchone()
    return found


def _create(call: Call) -> Answer:
    slug: str = call.arguments.body["slug"]
    title: str = call.arguments.body.get("title", slug)
    rule: str | None = call.arguments.body.get("rule")
    _require_free(call, slug)
    group_id = new_id("gr")
    call.db.execute(
        "INSERT INTO client_group (id, bureau_id, slug, title, title_order, kind, rule, created_at, updated_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (group_id, call.caller.bureau_id, slug, title, order_key(title), _kind(rule), rule, call.seconds, call.seconds),
    )
    if rule is not None:
        require_rule(call, rule)
        follow_rule(call.db, group_id, call.now)
    after = {"slug": slug, "title": title, "rule": rule}
    audit.record(call, audit.Change(action="group.create", subject=f"groups/{slug}", after=after))
    group = _show(require_group(call, slug))
    return Answer(body=group, status=201, headers={"ETag": group["etag"], "Location": f"/v1/groups/{slug}"})


def _wanted(call: Call) -> dict[str, str | None]:
    """Give what is asked to be changed, as the store has it: a group without a rule is manual."""
    wanted = {**call.arguments.body}
    if "rule" in wanted:
        require_rule(call, wanted["rule"])
    elif wanted.pop("kind", None) == "manual":
        wanted["rule"] = None
    return wanted


def _kind(rule: str | None) -> str:
    return "manual" if rule is None else "rule"


def _require_free(call: Call, slug: str) -> None:
    if _find(call, slug) is not None:
        raise Problem("group_exists", f"There is a group {slug} already.", errors=[flaw("/slug", "this slug is taken")])


def _matching_group(call: Call) -> sqlite3.Row:
    """Find the group a change means, in the version it means."""
    group = require_group(call, call.arguments.path["slug"])
    require_version(call, _etag(group), "group")
    return group


def _with_etag(group: sqlite3.Row) -> Answer:
    return Answer(body=_show(group), headers={"ETag": _etag(group)})


def _etag(group: sqlite3.Row) -> str:
    return f'"{group["id"]}.{group["version"]}"'


def _show(group: sqlite3.Row) -> dict[str, Any]:
    return {
        "slug": group["slug"],
        "title": group["title"],
        "kind": group["kind"],
        "rule": group["rule"],
        "count": group["member_count"],
        "etag": _etag(group),
        "created_at": to_text(group["created_at"]),
        "updated_at": to_text(group["updated_at"]),
    }
