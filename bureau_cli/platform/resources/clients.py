"""Clients: all of the bureau's, with figures of pay only where the caller has access."""

from bureau_cli.platform import filters
from bureau_cli.platform.belonging import require_client
from bureau_cli.platform.calls import Answer, Call
from bureau_cli.platform.facts import as_of
from bureau_cli.platform.pages import Order
from bureau_cli.platform.portraits import portraits

_SORTED_BY = {
    "name": "client.name_order",
    "number": "client.number",
    "orgnr": "client.orgnr",
    "status": "client.status",
    "owner": "client.owner",
    "active_employees": "client.active_employees",
    "onboarded": "client.onboarded",
}


def list_clients(call: Call) -> Answer:
    """List the clients the filters leave."""
    sort: str = call.arguments.query["sort"]
    order = Order(columns=(_SORTED_BY[sort.removeprefix("-")], "client.id"), descending=sort.startswith("-"))
    page = call.pager.page(call.db, filters.from_query(call), order, call.arguments)
    return Answer(body=page.envelope(portraits(call, page.ids), as_of(call)))


def get_client(call: Call) -> Answer:
    """Show one client."""
    (client,) = portraits(call, [require_client(call, call.arguments.path["id"])])
    return Answer(body=client)
