"""An anchor as a file: what `bureau audit anchor -o json` writes, and what is kept here."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import datetime
from typing import Any

from bureau_cli.domain.audit import Anchor
from bureau_cli.errors import DocumentInvalid

SHAPE = "audit.anchor"
SCHEMA = f"bureau/{SHAPE}@1"
HOW_TO_MAKE_ONE = "bureau audit anchor --out anchor.json writes one"


def as_text(anchor: Anchor) -> str:
    """The anchor, to be kept."""
    document = {"schema": SCHEMA, "data": {**asdict(anchor), "at": anchor.at.isoformat()}}
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def anchor_in(name: str, text: str) -> Anchor:
    """The anchor that a file of this name holds.

    Raises:
        DocumentInvalid: it holds none.
    """
    try:
        return _anchor(json.loads(text))
    except (KeyError, TypeError, ValueError, RecursionError) as fault:
        raise DocumentInvalid(f"{name} is no anchor of an audit trail", fix=HOW_TO_MAKE_ONE) from fault


def _anchor(document: dict[str, Any]) -> Anchor:
    if document["schema"] != SCHEMA:
        raise ValueError("another schema")
    kept = document["data"]
    texts = {name: kept[name] for name in ("hash", "bureau", "platform")}
    if type(kept["seq"]) is not int or not all(isinstance(text, str) for text in texts.values()):
        raise TypeError("seq")
    if kept["seq"] < 1:
        raise ValueError("no event has that number")
    return Anchor(seq=kept["seq"], at=datetime.fromisoformat(kept["at"]), **texts)
