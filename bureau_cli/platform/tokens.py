"""Access tokens: signed, stateless, of one user of one bureau."""

import base64
import hashlib
import hmac
import json
import os
import sqlite3
from datetime import date, datetime
from typing import Any

from bureau_cli.platform.calls import Caller
from bureau_cli.platform.clock import to_seconds
from bureau_cli.platform.problems import BEARER_CHALLENGE, Problem
from bureau_cli.platform.rules import STILL_HERE
from bureau_cli.platform.store import setting

_PREFIX = "bt1"
_SECRET_BYTES = 24


def issue(db: sqlite3.Connection, user: sqlite3.Row, expires_at: int) -> str:
    """Make a token of a user who is still here."""
    claims = {"user": user["id"], "bureau": user["bureau_id"], "expires": expires_at}
    payload = json.dumps(claims, separators=(",", ":")).encode()
    encoded = base64.urlsafe_b64encode(payload).rstrip(b"=").decode()
    return f"{_PREFIX}.{encoded}.{_signature(db, encoded)}"


def authenticate(db: sqlite3.Connection, authorization: str, now: datetime) -> Caller:
    """Find who an Authorization header speaks for; raise the Problem that says why nobody."""
    scheme, _, token = authorization.partition(" ")
    if scheme.lower() != "bearer" or not token:
        raise _unauthenticated("A bearer token is needed.")
    claims = _verified(db, token.strip())
    if claims["expires"] <= to_seconds(now):
        raise Problem("token_expired", "The access token has expired.", headers=BEARER_CHALLENGE)
    user = present_user(db, claims["user"], now.date())
    if user is None or user["bureau_id"] != claims["bureau"]:
        raise _unauthenticated("The token's user has left the bureau.")
    return caller_of(user, claims["expires"])


def present_user(db: sqlite3.Connection, user_id: str, today: date) -> sqlite3.Row | None:
    """Find a user who has not left."""
    found: sqlite3.Row | None = db.execute(
        f"SELECT id, bureau_id, login, name, email, role FROM user WHERE id = :id AND {STILL_HERE}",  # noqa: S608 - ours
        {"id": user_id, "today": today.isoformat()},
    ).fetchone()
    return found


def caller_of(user: sqlite3.Row, expires_at: int) -> Caller:
    """Let a user call, until an instant."""
    return Caller(
        user_id=user["id"], bureau_id=user["bureau_id"], login=user["login"], role=user["role"], expires_at=expires_at
    )


def make_secret() -> str:
    """Make a secret that nobody can guess."""
    return os.urandom(_SECRET_BYTES).hex()


def hashed(secret: str) -> str:
    """Give what the store keeps of a secret; the secrets are random, so a plain hash cannot be searched."""
    return hashlib.sha256(secret.encode()).hexdigest()


def _verified(db: sqlite3.Connection, token: str) -> dict[str, Any]:
    prefix, _, rest = token.partition(".")
    encoded, _, signature = rest.partition(".")
    if prefix != _PREFIX or not hmac.compare_digest(signature.encode(), _signature(db, encoded).encode()):
        raise _unauthenticated("The access token is not one of this platform's.")
    payload: dict[str, Any] = json.loads(base64.urlsafe_b64decode(encoded + "=" * (-len(encoded) % 4)))
    return payload


def _signature(db: sqlite3.Connection, encoded: str) -> str:
    return hmac.new(bytes.fromhex(setting(db, "secret")), encoded.encode(), "sha256").hexdigest()


def _unauthenticated(detail: str) -> Problem:
    return Problem("unauthenticated", detail, headers=BEARER_CHALLENGE)
