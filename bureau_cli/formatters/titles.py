"""The words people read: column titles, states and the workbook's own, in Norwegian and in English."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path

LANGUAGES = ("nb", "en")


@dataclass(frozen=True, slots=True, kw_only=True)
class Titles:
    """One language's words. A column or word that is not there is a KeyError; a state or a figure is shown as it came.

    `short` has titles of a letter or so, of the columns that need them; `workbooks` are what answers are called on
    paper, by the names of their schemas.
    """

    lang: str
    columns: Mapping[str, str]
    short: Mapping[str, str]
    figures: Mapping[str, str]
    states: Mapping[str, str]
    words: Mapping[str, str]
    workbooks: Mapping[str, str]

    def state(self, word: object) -> str:
        """The word for a state; the platform may have grown one that has no translation yet."""
        return self.states.get(str(word), str(word))

    def figure(self, name: object) -> str:
        """What a key figure is called; one without a title yet as it came."""
        return self.figures.get(str(name), str(name))

    def workbook(self, schema: str) -> str:
        """What an answer of this schema is called on paper; the schema where it is none of ours."""
        return self.workbooks.get(schema, schema)


@cache
def titles(lang: str) -> Titles:
    """The words of `nb` or `en`."""
    names = [field.name for field in fields(Titles) if field.name != "lang"]
    tables = tomllib.loads(Path(__file__).with_name(f"titles_{lang}.toml").read_text(encoding="utf-8"))
    return Titles(lang=lang, **{name: tables[name] for name in names})


def sum_words() -> frozenset[str]:
    """What the rows of sums in and below a list are called, in any language."""
    return frozenset(titles(lang).words[name] for lang in LANGUAGES for name in ("sum", "sum_of_all"))
