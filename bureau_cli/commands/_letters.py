"""Letters to the clients that alone can end somebody's access."""

from __future__ import annotations

from pathlib import Path

from bureau_cli.bulk.report import counted
from bureau_cli.commands._session import Session
from bureau_cli.files.atomic import replacing
from bureau_cli.services.access.leave import Farewell


def tell_letters(session: Session, farewell: Farewell, path: Path | None) -> None:
    """Write the letters where that was asked for, and else tell that there are some to be had.

    Raises:
        FileExists, PlaceInvalid, OutputFailed: they could not be written.
    """
    if not farewell.invited:
        if path is not None:
            session.output.say("no client invited them itself, so there is no letter to write")
    elif path is None:
        clients = counted(farewell.invited, "client")
        session.output.say(f"{clients} invited them and alone can end that; --letters FILE writes a letter to each")
    else:
        with replacing(path, overwrite=session.view.force) as stream:
            stream.write(farewell.letters.encode())
        session.output.say(f"{counted(farewell.invited, 'letter')} to send: {path}")
