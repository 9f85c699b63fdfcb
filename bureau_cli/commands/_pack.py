"""A month-end pack as a command answers it: what goes into its folder, and what a look at one finds."""

from __future__ import annotations

import zlib
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from importlib.metadata import version
from pathlib import Path

from bureau_cli.commands._shape import Shape
from bureau_cli.domain.packs import Difference, Examined, Origin, PackedFile
from bureau_cli.errors import ExitCode
from bureau_cli.formatters.results import Bundle, Column, Kind, Listing, Provenance, Record, Tone, Written
from bureau_cli.services.packs import Answered, Packs

PACKED_COLUMNS = (
    Column("file", value=lambda one: one.name),
    Column("rows", Kind.COUNT),
    Column("bytes", Kind.COUNT, lambda one: one.print.bytes),
    Column("sha256", Kind.ID, lambda one: one.print.sha256),
)
"""The files of a pack, the manifest last."""

PACKED = Shape(name="report.all", columns=PACKED_COLUMNS)

VERIFIED_COLUMNS = (
    Column("file"),
    Column("difference", Kind.STATE, tones=dict.fromkeys(Difference, Tone.BAD)),
    Column("sheet"),
    Column("inside", value=lambda one: one.part),
    Column("told", Kind.SENTENCE),
)
VERIFIED = Shape(name="report.verify", columns=VERIFIED_COLUMNS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Packing:
    """A command that answers with a pack of this period. It is foreseen, so that no month is asked for in vain."""

    packs: Packs
    period: str

    @property
    def template(self) -> Bundle:
        """Such a pack without anything in it."""
        return self.of({})

    def of(self, answers: Mapping[str, Callable[[], Awaitable[Listing | Record]]]) -> Bundle:
        """What makes each answer, by the name of its file, such as `terminoppgave.xlsx`."""
        return Bundle(
            schema=PACKED.name,
            columns=PACKED.columns,
            answers=answers,
            conclude=partial(_sealed, self),
            replaceable=self.packs.is_pack,
        )


def verified(examined: Examined) -> Listing:
    """What was found of a pack: nothing is 0, anything is 9."""
    exit_code = ExitCode.FINDING if examined.mismatches else ExitCode.DONE
    as_of = None if examined.manifest is None else examined.manifest.origin.as_of
    return VERIFIED.listing(examined.mismatches, as_of=as_of, exit_code=exit_code)


def _sealed(
    packing: Packing, folder: Path, written: Sequence[Written], provenance: Provenance, lang: str
) -> Sequence[PackedFile]:
    origin = Origin(
        profile=provenance.profile,
        selection=provenance.selection,
        period=packing.period,
        lang=lang,
        as_of=min(filter(None, (one.as_of for one in written)), default=None),
        versions={"bureau": provenance.version, "openpyxl": version("openpyxl"), "zlib": zlib.ZLIB_RUNTIME_VERSION},
        snapshot=provenance.snapshot,
    )
    answered = [Answered(name=one.name, schema=one.schema, rows=one.rows) for one in written]
    return packing.packs.seal(folder, origin, answered)
