"""Ids of what callers make."""

import os

_BYTES = 8


def new_id(prefix: str) -> str:
    """Make an opaque id that was never used before."""
    return f"{prefix}_{os.urandom(_BYTES).hex()}"
