"""A manifest as a file: what `bureau report all` puts beside its workbooks, and what is read with distrust later."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from hashlib import sha256
from typing import Any

from bureau_cli.domain.packs import Manifest, Origin, PackedFile, PackedPart, Print
from bureau_cli.errors import DocumentInvalid

SCHEMA = "bureau/pack@1"
_SEAL = "seal"
_HASH_DIGITS = 64


def as_text(manifest: Manifest) -> str:
    """The manifest, to be kept."""
    origin = {**asdict(manifest.origin), "as_of": None}
    if manifest.origin.as_of is not None:
        origin["as_of"] = manifest.origin.as_of.isoformat()
    document = {"schema": SCHEMA, **origin, "files": [_file_of(one) for one in manifest.files]}
    return json.dumps({**document, _SEAL: seal_of(document)}, indent=2, ensure_ascii=False) + "\n"


def seal_of(document: Mapping[str, Any]) -> str:
    """The hash of what a manifest says, by which it tells that it was changed by accident."""
    said = {key: value for key, value in document.items() if key != _SEAL}
    return sha256(json.dumps(said, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def manifest_in(name: str, text: str) -> tuple[Manifest, bool]:
    """The manifest that a file of this name holds, and whether its own hash fits it.

    Raises:
        DocumentInvalid: it holds none.
    """
    try:
        document = json.loads(text, object_pairs_hook=_once, parse_constant=_no_number)
        return _manifest(document), document.get(_SEAL) == seal_of(document)
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError) as fault:
        raise DocumentInvalid(f"{name} is no manifest of a pack", fix="bureau report all --out FOLDER") from fault


def _file_of(one: PackedFile) -> dict[str, Any]:
    return {
        "name": one.name,
        "schema": one.schema,
        "rows": one.rows,
        "bytes": one.print.bytes,
        "sha256": one.print.sha256,
        "parts": [asdict(part) for part in one.print.parts],
    }


def _once(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    """An object in which nothing is said twice, since one of the two would be read by nobody."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("said twice")
    return found


def _no_number(word: str) -> Any:
    raise ValueError(word)


def _manifest(document: Mapping[str, Any]) -> Manifest:
    if document["schema"] != SCHEMA:
        raise ValueError("another schema")
    as_of = None if document["as_of"] is None else datetime.fromisoformat(document["as_of"])
    origin = Origin(
        **{key: _text(document[key]) for key in ("profile", "selection", "period", "lang")},
        as_of=as_of,
        versions={_text(name): _text(version) for name, version in document["versions"].items()},
        snapshot=None if document["snapshot"] is None else _text(document["snapshot"]),
    )
    return Manifest(origin=origin, files=[_file(one) for one in _list(document["files"])])


def _file(said: Mapping[str, Any]) -> PackedFile:
    parts = [_part(part) for part in _list(said["parts"])]
    made = Print(bytes=_count(said["bytes"]), sha256=_hash(said["sha256"]), parts=parts)
    return PackedFile(name=_text(said["name"]), schema=_text(said["schema"]), rows=_count(said["rows"]), print=made)


def _part(said: Mapping[str, Any]) -> PackedPart:
    return PackedPart(
        name=_text(said["name"]),
        bytes=_count(said["bytes"]),
        sha256=_hash(said["sha256"]),
        sheet=None if said["sheet"] is None else _text(said["sheet"]),
    )


def _list(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise TypeError("no list")
    return value


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError("no text")
    value.encode()  # half a surrogate is no text, and could be written nowhere
    return value


def _count(value: Any) -> int:
    if type(value) is not int or value < 0:
        raise TypeError("no count")
    return value


def _hash(value: Any) -> str:
    if len(_text(value)) != _HASH_DIGITS or not set(value) <= set("0123456789abcdef"):
        raise ValueError("no hash")
    return str(value)
