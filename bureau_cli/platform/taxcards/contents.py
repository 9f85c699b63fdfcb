"""What tax cards say, as the store writes it: the same text for all that say the same."""

import json
from dataclasses import fields
from functools import cache

from bureau_cli.platform.sources import Deduction

_DEDUCTION = tuple(field.name for field in fields(Deduction))


@cache
def written(said: tuple[Deduction, ...]) -> str:
    """Write what a card says is to be withheld; what a deduction does not have is left out."""
    told = ({name: value for name in _DEDUCTION if (value := getattr(one, name)) is not None} for one in said)
    return json.dumps(list(told), separators=(",", ":"))


@cache
def words(extra_info: tuple[str, ...]) -> str:
    """Write what else the authority told."""
    return json.dumps(extra_info)
