"""The platform and the caller."""

from bureau_cli.platform import idempotency
from bureau_cli.platform.calls import Answer, Call
from bureau_cli.platform.clock import is_pinned, to_text
from bureau_cli.platform.facts import as_of

_NAME = "bureau embedded platform"
_VERSION = "1"
_API_VERSION = "1"


def get_meta(call: Call) -> Answer:
    """Show what the platform is and what it allows."""
    return Answer(
        body={
            "api_version": _API_VERSION,
            "platform": {"name": _NAME, "version": _VERSION},
            "clock": {"now": to_text(call.seconds), "today": call.today.isoformat(), "pinned": is_pinned(call.db)},
            "idempotency_ttl_s": idempotency.KEPT_SECONDS,
            "max_limit": 500,
            "max_items": 500,
            "max_ahead": 32,
            "as_of": as_of(call),
        }
    )


def get_me(call: Call) -> Answer:
    """Show the user behind the token."""
    caller = call.caller
    row = call.db.execute(
        "SELECT user.name, user.email, bureau.name AS bureau_name, bureau.orgnr FROM user"
        " JOIN bureau ON bureau.id = user.bureau_id WHERE user.id = ?",
        (caller.user_id,),
    ).fetchone()
    return Answer(
        body={
            "user": {"id": caller.user_id, "login": caller.login, "name": row["name"], "email": row["email"]},
            "bureau": {"id": caller.bureau_id, "name": row["bureau_name"], "orgnr": row["orgnr"]},
            "role": caller.role,
            "token": {"expires_at": to_text(caller.expires_at)},
            "as_of": as_of(call),
        }
    )
