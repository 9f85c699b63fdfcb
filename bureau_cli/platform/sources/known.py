"""The kinds of source a store may have been filled from."""

from collections.abc import Mapping
from datetime import date

from bureau_cli.platform.errors import PlatformError
from bureau_cli.platform.sources import Source
from bureau_cli.platform.sources.demo import DemoSource


def reopen(recipe: Mapping[str, str | int]) -> Source:
    """Make the source again that a store was filled from."""
    if recipe["name"] != DemoSource.name:
        raise PlatformError("source_unknown", f"this program knows no source named {recipe['name']}")
    return DemoSource(
        seed=int(recipe["seed"]), clients=int(recipe["clients"]), today=date.fromisoformat(str(recipe["today"]))
    )
