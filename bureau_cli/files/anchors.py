"""The newest anchor of a profile's audit trail, kept on this machine."""

from __future__ import annotations

from pathlib import Path

from bureau_cli.domain.anchor_file import anchor_in, as_text
from bureau_cli.domain.audit import Anchor
from bureau_cli.errors import DocumentInvalid
from bureau_cli.files.atomic import replacing
from bureau_cli.files.folders import made


class Anchors:
    """One file, for the user's eyes alone."""

    def __init__(self, path: Path) -> None:
        self._path = path

    @property
    def place(self) -> str:
        """Where it is kept."""
        return str(self._path)

    def kept(self) -> Anchor | None:
        """The anchor, None where none was kept.

        Raises:
            DocumentInvalid: something else is there, which nobody should take for no anchor at all.
        """
        try:
            return anchor_in(self.place, self._path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return None
        except (DocumentInvalid, UnicodeDecodeError) as fault:
            fix = "verify with --anchor and a file kept elsewhere, or begin anew: bureau audit anchor --anew"
            raise DocumentInvalid(f"{self.place} is no anchor of an audit trail", fix=fix) from fault
        except OSError as fault:
            raise DocumentInvalid(
                f"{self.place} cannot be read: {fault.strerror}", fix=f"look at {self.place}"
            ) from fault

    def keep(self, anchor: Anchor) -> None:
        """Keep this one, in place of what was there.

        Raises:
            OutputFailed, PlaceInvalid: it could not be written; what was there is untouched.
        """
        made(self._path.parent)
        with replacing(self._path, overwrite=True) as stream:
            stream.write(as_text(anchor).encode())
