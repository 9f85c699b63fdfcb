"""What a store keeps, as text: one JSON document where we wrote it, the bare secret where somebody else did."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from bureau_cli.domain.signing_in import Access, Identity, Kept, could_be_secret
from bureau_cli.errors import CredentialMissing

LARGEST_DOCUMENT = 64 * 1024


def bare_secret(text: str, place: str) -> Kept | None:
    """The secret that is all there is in a text, None where there is nothing.

    Raises:
        CredentialMissing: it could be no secret that goes into a header.
    """
    secret = text.strip()
    if not secret:
        return None
    if not could_be_secret(secret):
        raise CredentialMissing(f"{place} does not hold a token")
    return Kept(secret=secret)


def written(kept: Kept) -> str:
    """The document of what is kept."""
    document: dict[str, Any] = {"version": 1, "secret": kept.secret, "origin": kept.origin, "client_id": kept.client_id}
    if kept.identity is not None:
        who = kept.identity
        document["identity"] = {name: getattr(who, name) for name in ("login", "name", "role", "bureau", "orgnr")}
        document["identity"]["expires_at"] = who.expires_at.isoformat()
    if kept.access is not None:
        document["access"] = {
            "token": kept.access.token,
            "expires_at": kept.access.expires_at.isoformat(),
            "renew_at": kept.access.renew_at.isoformat(),
        }
    return json.dumps(document)


def read(text: str, place: str) -> Kept:
    """What such a document keeps.

    Raises:
        CredentialMissing: it is none of ours; nothing of it is quoted.
    """
    try:
        document = json.loads(text)
        identity, access = document.get("identity"), document.get("access")
        return Kept(
            secret=str(document["secret"]),
            origin=str(document["origin"]),
            client_id=document["client_id"],
            identity=None if identity is None else Identity(**_with_instants(identity)),
            access=None if access is None else Access(**_with_instants(access)),
        )
    except (ValueError, KeyError, TypeError, AttributeError):
        raise CredentialMissing(f"{place} does not hold what bureau put there") from None


def _with_instants(fields: dict[str, str]) -> dict[str, Any]:
    return {name: datetime.fromisoformat(text) if name.endswith("_at") else text for name, text in fields.items()}
