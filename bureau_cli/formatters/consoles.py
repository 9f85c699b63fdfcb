"""Rich, told everything it would otherwise find out for itself from the environment."""

from __future__ import annotations

from typing import TextIO

from rich.console import Console


def console_on(file: TextIO | None, *, width: int | None, colour: bool) -> Console:
    """A console that draws as wide and as colourful as it is told, and takes no text for markup."""
    return Console(
        file=file,
        width=width,
        color_system="standard" if colour else None,
        no_color=not colour,
        force_terminal=True,
        force_jupyter=False,
        legacy_windows=False,
        markup=False,
        emoji=False,
        highlight=False,
        _environ={},
    )
