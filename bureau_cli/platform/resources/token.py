"""Access tokens, for what a program was given once: client credentials or a static access token."""

import hmac
import sqlite3
from collections.abc import Mapping
from typing import Any

from bureau_cli.platform import tokens
from bureau_cli.platform.calls import Answer, Call
from bureau_cli.platform.problems import Problem

LIFETIME_SECONDS = 3600
_BY_CREDENTIALS = "client_credentials"
_NO_STORE = {"Cache-Control": "no-store"}


def issue_token(call: Call) -> Answer:
    """Give a short-lived access token."""
    asked = call.arguments.body
    user_id = _by_credentials(call) if asked["grant_type"] == _BY_CREDENTIALS else _by_static_token(call)
    user = tokens.present_user(call.db, user_id, call.today) if user_id else None
    if user is None:
        raise _refusal(asked["grant_type"])
    token = tokens.issue(call.db, user, call.seconds + LIFETIME_SECONDS)
    body = {"access_token": token, "token_type": "Bearer", "expires_in": LIFETIME_SECONDS}
    return Answer(body=body, headers=_NO_STORE)


def dressed_for_oauth(body: Mapping[str, Any], headers: Mapping[str, str]) -> tuple[dict[str, Any], dict[str, str]]:
    """Give a problem of the token endpoint the member and the header that RFC 6749, 5.2 wants."""
    return {**body, "error": body["code"]}, {**headers, **_NO_STORE}


def _by_credentials(call: Call) -> str | None:
    asked = call.arguments.body
    row = _found(call, "SELECT user_id, secret_hash FROM client_credential WHERE client_id = ?", asked["client_id"])
    if row is None or not hmac.compare_digest(row["secret_hash"], tokens.hashed(asked["client_secret"])):
        return None
    return str(row["user_id"])


def _by_static_token(call: Call) -> str | None:
    hashed = tokens.hashed(call.arguments.body["subject_token"])
    row = _found(call, "SELECT user_id FROM static_token WHERE hash = ?", hashed)
    return None if row is None else str(row["user_id"])


def _found(call: Call, sql: str, value: str) -> sqlite3.Row | None:
    row: sqlite3.Row | None = call.db.execute(sql, (value,)).fetchone()
    return row


def _refusal(grant_type: str) -> Problem:
    if grant_type == _BY_CREDENTIALS:
        return Problem("invalid_client", "The client id or secret is wrong.", headers={"WWW-Authenticate": "Bearer"})
    return Problem("invalid_grant", "The subject token is unknown or has been withdrawn.")
