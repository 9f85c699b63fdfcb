"""Where a setting comes from, and what becomes of one that nothing reads."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bureau_cli.config.settings import Settings, load
from bureau_cli.errors import BadUsage, ConfigInvalid, ProfileNotFound


@pytest.fixture
def config(tmp_path: Path) -> Path:
    return tmp_path / "config.toml"


def settings(config: Path, text: str = "", **options: Any) -> Settings:
    if text:
        config.write_text(text, encoding="utf-8")
    return load(config, options)


def test_without_a_file_the_embedded_demo_is_used(config: Path) -> None:
    found = settings(config)
    assert (found.profile, found.is_embedded, found.lang, found.writes) == ("demo", True, "nb", "confirm")


TOML = """
[defaults]
profile = "prod"
lang = "en"
jobs = 2
deadline = "20m"
[profiles.prod]
base_url = "https://api.bureau.example"
credential = "env"
jobs = 3
[profiles.cron]
base_url = "https://api.bureau.example"
writes = "deny"
"""


def test_an_option_beats_the_environment_beats_the_profile_beats_the_defaults(
    config: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = settings(config, TOML)
    assert (found.profile, found.lang, found.jobs, found.deadline_s) == ("prod", "en", 3, 1200)
    monkeypatch.setenv("BUREAU_JOBS", "7")
    monkeypatch.setenv("BUREAU_PROFILE", "cron")
    found = settings(config)
    assert (found.profile, found.jobs, found.writes) == ("cron", 7, "deny")
    assert settings(config, profile="demo", jobs=9).jobs == 9


def test_an_empty_variable_says_nothing(config: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BUREAU_LANG", "")
    assert settings(config).lang == "nb"


@pytest.mark.parametrize(
    ("text", "message", "fix"),
    [
        ("[profiles.prod]\nbase_ulr = 'x'", "unknown key base_ulr in [profiles.prod]", "did you mean base_url?"),
        ("[default]", "unknown key default", "did you mean defaults?"),
        ("[defaults]\nlagn = 'nb'", "unknown key lagn in [defaults]", "did you mean lang?"),
        ("[defaults]\nbase_url = 'https://x'", "unknown key base_url in [defaults]", "keys: "),
        ("[defaults]\nlang = 'nn'", "lang: Input should be 'nb' or 'en'", "look at BUREAU_LANG and "),
        ("[defaults]\ndeadline = 'soon'", "'soon' is not a length of time", "look at BUREAU_DEADLINE and "),
        ("[profiles.demo]\nbase_url = 'https://x'", "the profile demo is the embedded platform", "another name"),
        ("[defaults]\nprofile = ['a']", "profile in [defaults]", "write it like"),
        ("defaults.profile = 'far'\n[profiles.far]\nuser = 'x'", "the profile far in ", "use the profile demo"),
        ("profiles = 5", "profiles in ", ""),
        ("[profiles]\nprod = 5", "prod in ", ""),
        ("lang = ", "is not valid TOML", ""),
    ],
)
def test_a_mistake_in_the_file_is_one_line_with_the_way_out(config: Path, text: str, message: str, fix: str) -> None:
    with pytest.raises(ConfigInvalid) as caught:
        settings(config, text)
    assert message in caught.value.message
    assert fix in (caught.value.fix or "")


def test_a_file_that_cannot_be_read_is_told_by_its_path() -> None:
    with pytest.raises(ConfigInvalid, match="Not a directory") as caught:
        load(Path("/dev/null/config.toml"), {})
    assert "/dev/null/config.toml" in (caught.value.fix or "")


def test_a_misspelt_variable_is_told_and_its_value_is_not(config: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BUREAU_TOKNE", "s3cret")
    with pytest.raises(ConfigInvalid) as caught:
        settings(config)
    assert caught.value.fix == "did you mean BUREAU_TOKEN?"
    assert "s3cret" not in caught.value.message


@pytest.mark.parametrize(
    ("name", "fix"), [("PROFIL", "did you mean BUREAU_PROFILE?"), ("FOO", "unset BUREAU_FOO"), ("", "unset BUREAU_")]
)
def test_a_variable_is_likened_by_its_own_word_alone(
    config: Path, monkeypatch: pytest.MonkeyPatch, name: str, fix: str
) -> None:
    """The prefix that all share makes nothing alike."""
    monkeypatch.setenv(f"BUREAU_{name}", "x")
    with pytest.raises(ConfigInvalid) as caught:
        settings(config)
    assert caught.value.fix == fix


def test_a_deadline_below_a_second_is_kept(config: Path) -> None:
    assert settings(config, deadline="20ms").deadline_s == 0.02


def test_a_wrong_option_is_told_as_an_option(config: Path) -> None:
    with pytest.raises(BadUsage) as caught:
        settings(config, deadline="soon")
    assert caught.value.message == "--deadline: 'soon' is not a length of time"
    assert caught.value.fix == "write it like 30s, 20m, 2h or 30d"


def test_a_secret_in_the_wrong_place_is_not_quoted(config: Path) -> None:
    with pytest.raises(ConfigInvalid) as caught:
        settings(config, "[profiles.prod]\nbase_url='https://x'\ncredential = 's3cret'\n[defaults]\nprofile = 'prod'")
    assert "s3cret" not in f"{caught.value.message}{caught.value.fix}"


def test_an_unknown_profile_is_told_with_those_there_are(config: Path) -> None:
    with pytest.raises(ProfileNotFound) as caught:
        settings(config, TOML, profile="prd")
    assert caught.value.fix == "profiles: cron, demo, prod"


@pytest.mark.parametrize("name", ["BASE_URL", "CREDENTIAL", "TOKEN_FILE", "WRITES", "USER"])
def test_the_environment_cannot_say_where_a_token_goes_or_what_may_be_changed(
    config: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setenv(f"BUREAU_{name}", "x")
    with pytest.raises(ConfigInvalid, match="nothing reads"):
        settings(config)


def test_a_dotenv_file_in_the_folder_is_not_read(config: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".env").write_text("BUREAU_LANG=en\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert settings(config).lang == "nb"
