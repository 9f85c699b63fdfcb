"""The Secret Service of a Linux desktop (freedesktop.org), asked without opening a window on somebody's screen."""

from __future__ import annotations

from typing import Any

import secretstorage
from keyring.backends.SecretService import Keyring
from keyring.errors import InitError, KeyringLocked
from secretstorage.exceptions import ItemNotFoundException


class SecretService(Keyring):
    """The library's own, but for what it does with a lock: it would ask for a password and wait for it."""

    def get_preferred_collection(self) -> Any:
        """The default collection, if it is there and open."""
        bus = secretstorage.dbus_init()
        try:
            collection = secretstorage.Collection(bus)
        except ItemNotFoundException as fault:
            raise InitError("it has no default collection") from fault
        if collection.is_locked():
            raise KeyringLocked
        return collection

    def unlock(self, item: Any) -> None:
        """An item may have a lock of its own."""
        if item.is_locked():
            raise KeyringLocked
