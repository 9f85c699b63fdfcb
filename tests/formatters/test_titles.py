from __future__ import annotations

import pytest

from bureau_cli.formatters.titles import LANGUAGES, titles


@pytest.mark.parametrize("table", ["columns", "figures", "short", "states", "words", "workbooks"])
def test_both_languages_have_the_same_words(table: str) -> None:
    norwegian, english = (getattr(titles(lang), table) for lang in LANGUAGES)
    assert norwegian.keys() == english.keys()
    assert all([*norwegian.values(), *english.values()])


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_workbook_can_have_both_sheets(lang: str) -> None:
    words = titles(lang).words
    assert words["list"] != words["about"]


def test_a_column_without_a_title_is_an_error_and_not_its_key() -> None:
    with pytest.raises(KeyError):
        titles("nb").columns["no_such_column"]


def test_a_state_without_a_translation_is_shown_as_it_came() -> None:
    assert titles("nb").state("brand_new") == "brand_new"
