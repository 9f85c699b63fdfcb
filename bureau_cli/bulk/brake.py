"""What ends a run of many early."""

from __future__ import annotations

from bureau_cli.errors import ExitCode


class Brake:
    """Ends a run early: what is under way goes on to its end, and nothing more begins."""

    pulled: ExitCode | None = None
    """The exit code of what pulled it first."""

    def pull(self, code: ExitCode) -> None:
        """Let nothing more begin."""
        self.pulled = self.pulled or code
