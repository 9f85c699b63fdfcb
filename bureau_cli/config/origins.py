"""Which settings hold, and which of option, variable, profile, defaults or built in each of them comes from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bureau_cli.config.config_file import DEMO, ConfigFile
from bureau_cli.config.settings import FROM_ENVIRONMENT, PREFIX, Settings, settings_of
from bureau_cli.errors import ConfigKeyUnknown
from bureau_cli.files.names import without_secrets

BUILT_IN = "built in"


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """One setting that holds. No setting is a secret: those are in a store, which only its name tells."""

    key: str
    value: str | None
    origin: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """One profile of config.toml, or the built-in demo."""

    name: str
    base_url: str | None
    store: str | None
    writes: str
    is_default: bool


def settings_with_origin(file: ConfigFile, options: Mapping[str, Any], environ: Mapping[str, str]) -> Sequence[Setting]:
    """Every setting of the run, by key.

    Raises:
        BureauError: as `settings_of` does; what does not hold cannot be told.
    """
    settings = settings_of(file, options)
    variables = {key: environ.get(PREFIX + key.upper()) for key in FROM_ENVIRONMENT}
    layers = file.layers(options, {key: value for key, value in variables.items() if value})
    found = []
    for key in sorted(Settings.model_fields):
        origin = next((layer.source for layer in layers if layer.values.get(key) is not None), BUILT_IN)
        name = f"{origin} {PREFIX}{key.upper()}" if origin == "variable" else origin
        found.append(Setting(key=key, value=_text(getattr(settings, key)), origin=name))
    return found


def one_setting(settings: Sequence[Setting], key: str) -> Setting:
    """The setting of this key.

    Raises:
        ConfigKeyUnknown: nothing reads it.
    """
    for setting in settings:
        if setting.key == key:
            return setting
    raise ConfigKeyUnknown(f"there is no setting {key}")


def profiles_in(file: ConfigFile) -> Sequence[Profile]:
    """All profiles by name, the built-in demo among them. Their tables are shown as they stand, valid or not."""
    default = file.defaults.get("profile", DEMO)
    return [
        Profile(
            name=name,
            base_url=_address(table.get("base_url")),
            store=_text(table.get("credential")),
            writes=str(table.get("writes", Settings.model_fields["writes"].default)),
            is_default=name == default,
        )
        for name in sorted({DEMO, *file.profiles})
        for table in [file.profiles.get(name, {})]
    ]


def _address(value: Any) -> str | None:
    """A base_url that no run has taken yet may hold a password."""
    text = _text(value)
    return without_secrets(text) if text and "@" in text else text


def _text(value: Any) -> str | None:
    if isinstance(value, bool):
        return str(value).lower()
    return None if value is None else str(value)
