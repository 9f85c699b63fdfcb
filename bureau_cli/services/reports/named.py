"""The clients that a file names, by the words it names them with."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from bureau_cli.domain.clients import ClientReference
from bureau_cli.domain.selection import Selection, Token
from bureau_cli.errors import ClientAmbiguous, ClientNotFound
from bureau_cli.services.clients import Clients


async def named_in(clients: Clients, tokens: Iterable[Token]) -> Mapping[str, ClientReference]:
    """Each client by the word that a file has for it.

    Raises:
        ClientNotFound, ClientAmbiguous: a word fits none, or several; its place is told.
    """
    first = _each_once(tokens)
    if not first:
        return {}
    found = [client.reference for client in await clients.all_of(Selection(clients=tuple(first.values())))]
    by_name = {client.name.casefold(): client for client in found}
    by_word = by_name | {word: client for client in found for word in (client.number, client.orgnr)}
    named = {}
    for text, token in first.items():
        client = by_word.get(text) or by_word.get(text.casefold())
        if client is None:
            raise ClientNotFound(f"{token.place}: {text}: no client is called so", fix=ClientAmbiguous.default_fix)
        named[text] = client
    return named


async def known_in(clients: Clients, tokens: Iterable[Token]) -> Mapping[str, ClientReference]:
    """The same of a file that may name others too: words that fit no client are not there.

    Raises:
        ClientAmbiguous: a word fits several; its place is told.
    """
    first = _each_once(tokens)
    try:
        return await named_in(clients, first.values())
    except (ClientNotFound, ClientAmbiguous) as fault:
        unfit = {finding.index for finding in fault.findings if not finding.candidates}
        if not unfit or len(unfit) < len(fault.findings):
            raise
        return await named_in(clients, (token for at, token in enumerate(first.values()) if at not in unfit))


def _each_once(tokens: Iterable[Token]) -> dict[str, Token]:
    """The first of each word, in their order."""
    first: dict[str, Token] = {}
    for token in tokens:
        first.setdefault(token.text, token)
    return first
