"""The token endpoint: short-lived access tokens for what the profile keeps (RFC 6749, 4.4; RFC 8693)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from bureau_cli.api.reading import read_as, text, whole
from bureau_cli.api.retry import Safety
from bureau_cli.api.wire import Call, Wire
from bureau_cli.domain.signing_in import Access, Credential, Grant, could_be_secret
from bureau_cli.errors import CredentialMissing

PATH = "/oauth/token"
EARLY = timedelta(seconds=60)
"""So long before its end a token is renewed, and never before half its time: clocks differ, and requests take time."""
EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange"
STATIC_TOKEN = "urn:ietf:params:oauth:token-type:access_token"  # noqa: S105 - the name of a kind of token


class TokenEndpoint:
    """Asks for access tokens, over a wire of its own that carries no token."""

    def __init__(self, wire: Wire, now: Callable[[], datetime]) -> None:
        self._wire = wire
        self._now = now

    async def access(self, credential: Credential) -> Access:
        """A fresh access token. Granting one twice does no harm, so it is asked for again after trouble on the way.

        Raises:
            InvalidClient, InvalidGrant: the platform does not take the credential.
        """
        began = self._now().replace(microsecond=0)
        call = Call(method="POST", path=PATH, form=_form(credential), secrets=(credential.secret,), safety=Safety.SET)
        answer = await self._wire.send(call)
        return read_as("an access token", lambda json: _access(json, began), answer.content)

    async def aclose(self) -> None:
        """Close the connection."""
        await self._wire.aclose()


def _form(credential: Credential) -> Mapping[str, str]:
    match credential.grant:
        case Grant.CLIENT_CREDENTIALS if credential.client_id is not None:
            return {
                "grant_type": "client_credentials",
                "client_id": credential.client_id,
                "client_secret": credential.secret,
            }
        case Grant.EXCHANGE:
            return {
                "grant_type": EXCHANGE,
                "subject_token": credential.secret,
                "subject_token_type": STATIC_TOKEN,
            }
        case _:
            raise CredentialMissing("there is nothing that could be exchanged for an access token")


def _access(json: Any, began: datetime) -> Access:
    """The token and its times by our own clock, since the platform tells a length and not an instant."""
    lifetime, token = timedelta(seconds=whole(json["expires_in"])), text(json["access_token"])
    if not could_be_secret(token):
        raise ValueError("no header can carry it")
    return Access(
        token=token,
        expires_at=began + lifetime,
        renew_at=began + max(lifetime - EARLY, lifetime / 2),
    )
