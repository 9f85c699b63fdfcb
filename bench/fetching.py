"""What curl needs to fetch the same pages as a command: their addresses, and a configuration file."""

from __future__ import annotations

import json
import urllib.request
from pathlib import Path

WIDTH = 16
"""How many pages are fetched side by side, as the product does."""


def page_urls(first: str, token: str) -> list[str]:
    """Every page's address of a list, walked ahead of the timing: curl cannot follow cursors by itself."""
    urls, following = [first], first
    while following:
        request = urllib.request.Request(f"{following}&ahead=32", headers={"Authorization": f"Bearer {token}"})  # noqa: S310 - our own loopback
        with urllib.request.urlopen(request) as answer:  # noqa: S310 - the same
            page = json.load(answer)
        urls += [f"{first}&cursor={cursor}" for cursor in page["ahead"]]
        following = urls[-1] if page["ahead"] else ""
    return urls


def curl(configuration: Path, urls: list[str], token: str) -> list[str]:
    """A command line for curl with its configuration; what it fetches is written away, as ours is."""
    lines = [f'header = "Authorization: Bearer {token}"']
    lines += [f'url = "{url}"\noutput = "/dev/null"' for url in urls]
    configuration.write_text("\n".join(lines), encoding="utf-8")
    return ["curl", "--silent", "--fail", "--parallel", "--parallel-max", str(WIDTH), "-K", str(configuration)]
