"""The kinds of source a store may have been filled from."""

from collections.abc import Callable, Mapping

from bureau_cli.platform.errors import PlatformError
from bureau_cli.platform.sources import Source
from bureau_cli.platform.sources.demo import DemoSource

Recipe = Mapping[str, str | int]

KNOWN: dict[str, Callable[[Recipe], Source]] = {DemoSource.name: DemoSource.again}
"""How a source of each kind is made again from its recipe."""


def reopen(recipe: Recipe) -> Source:
    """Make the source again that a store was filled from."""
    again = KNOWN.get(str(recipe["name"]))
    if again is None:
        raise PlatformError("source_unknown", f"this program knows no source named {recipe['name']}")
    return again(recipe)
