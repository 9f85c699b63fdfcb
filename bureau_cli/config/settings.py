"""One settings object from options, environment, the profile, its defaults and what is built in, in that order."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, ClassVar, Literal

from pydantic import Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from bureau_cli.config.config_file import DEMO, ConfigFile, suggestion
from bureau_cli.domain.durations import duration
from bureau_cli.domain.origin import Origin
from bureau_cli.domain.signing_in import Grant
from bureau_cli.errors import BadUsage, BureauError, ConfigInvalid

PREFIX = "BUREAU_"
FORMATS = Literal["table", "plain", "tsv", "csv", "json", "ndjson", "markdown", "xlsx", "ids"]


class Settings(BaseSettings):
    """What one run goes by. The profile `demo`, and it alone, has no `base_url` and is on the embedded platform."""

    model_config: ClassVar[SettingsConfigDict] = SettingsConfigDict(
        env_prefix=PREFIX, env_ignore_empty=True, extra="forbid", frozen=True, hide_input_in_errors=True
    )

    profile: str = DEMO
    lang: Literal["nb", "en"] = "nb"
    output: FORMATS | None = None
    """The format on a terminal; a pipe always gets tsv unless `-o` says otherwise."""
    deadline: str | None = None
    jobs: int = Field(default=4, ge=1, le=16)
    page_size: int = Field(default=500, ge=1, le=500)
    demo_user: str | None = None

    # Where a token goes and what may be changed is said in the profile alone, never by the environment.
    user: str | None = None
    base_url: str | None = None
    credential: Literal["keyring", "file", "systemd", "env"] | None = None
    token_file: Path | None = None
    client_id: str | None = None
    """Whose secret is kept: with one the profile signs in by OAuth2 client credentials."""
    exchange: bool = False
    """Whether what is kept is a static access token, which the platform exchanges for short-lived ones."""
    writes: Literal["confirm", "allow", "deny"] = "confirm"

    @field_validator("deadline")
    @classmethod
    def _readable_deadline(cls, text: str | None) -> str | None:
        try:
            if text is not None:
                duration(text)
        except BureauError as fault:
            raise ValueError(f"{fault.message}; {fault.fix}") from fault
        return text

    @field_validator("base_url")
    @classmethod
    def _safe_address(cls, text: str | None) -> str | None:
        """It is told in many places, so what could hold a password, or take a token away, holds in none."""
        try:
            if text is not None:
                Origin.of_base_url(text)
        except ConfigInvalid as fault:
            raise ValueError(f"{fault.message.removeprefix('base_url ')}; {fault.fix}") from None
        return text

    @property
    def is_embedded(self) -> bool:
        """Whether the platform runs in this process."""
        return self.base_url is None

    @property
    def grant(self) -> Grant:
        """What the profile's secret is."""
        if self.client_id is not None:
            return Grant.CLIENT_CREDENTIALS
        return Grant.EXCHANGE if self.exchange else Grant.TOKEN

    @property
    def demo_login(self) -> str | None:
        """Whom the embedded platform is asked as, where somebody was chosen."""
        return self.demo_user or self.user

    @property
    def deadline_s(self) -> float | None:
        """Seconds the whole command may take."""
        return None if self.deadline is None else duration(self.deadline).total_seconds()

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - a file in a shared folder must not redirect a token
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - the same
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Options, environment, profile, defaults."""
        said = init_settings()
        file: ConfigFile = said["config_file"]
        environment = {key: value for key, value in env_settings().items() if key in FROM_ENVIRONMENT}
        layers = file.layers(said["options"], environment if said["heeds_environment"] else {})
        return tuple(_Layer(settings_cls, layer.values) for layer in layers)


FROM_ENVIRONMENT = frozenset({"profile", "lang", "output", "deadline", "jobs", "page_size", "demo_user"})
OUTSIDE_SETTINGS = frozenset({"token", "client_secret", "debug"})
"""Variables that are read elsewhere: secrets by their store alone, the debug switch before there are settings."""


class _Layer(PydanticBaseSettingsSource):
    """A source whose values are known already."""

    def __init__(self, settings_cls: type[BaseSettings], values: Mapping[str, Any]) -> None:
        super().__init__(settings_cls)
        self._values = values

    def get_field_value(self, field: Any, field_name: str) -> tuple[Any, str, bool]:  # noqa: ARG002 - the base's signature
        return self._values.get(field_name), field_name, False

    def __call__(self) -> dict[str, Any]:
        return dict(self._values)


def load(path: Path, options: Mapping[str, Any]) -> Settings:
    """The settings of one run; `options` holds only what was said on the command line.

    Raises:
        BadUsage: an option has a value of the wrong kind.
        ConfigInvalid: an unknown key or variable, or a value of the wrong kind; the value is never quoted.
        ProfileNotFound: the profile asked for is not in the file.
    """
    for fault in unread(os.environ):
        raise fault
    return settings_of(ConfigFile.read(path), options)


def settings_of(file: ConfigFile, options: Mapping[str, Any], *, heeds_environment: bool = True) -> Settings:
    """The settings by a file that was read; without the environment they are those of the file alone.

    Raises:
        BadUsage, ConfigInvalid, ProfileNotFound: as `load` does.
    """
    try:
        return Settings(config_file=file, options=options, heeds_environment=heeds_environment)  # type: ignore[call-arg]  # for the sources
    except ValidationError as fault:
        first = fault.errors(include_input=False, include_url=False)[0]
        key = ".".join(map(str, first["loc"]))
        message, _, fix = first["msg"].removeprefix("Value error, ").partition("; ")
        if key in options:
            raise BadUsage(f"--{key}: {message}", fix=fix) from None
        raise ConfigInvalid(f"{key}: {message}", fix="; ".join(filter(None, (fix, _where(key, file))))) from None


def unread(environ: Mapping[str, str]) -> Iterator[ConfigInvalid]:
    """Each BUREAU_ variable that nothing reads, as the error it is: it was misspelt, or meant for another version."""
    known = {name.upper() for name in FROM_ENVIRONMENT | OUTSIDE_SETTINGS}
    for name in environ:
        if name.startswith(PREFIX) and name.removeprefix(PREFIX) not in known:
            fix = suggestion(name.removeprefix(PREFIX), known, f"unset {name}", prefix=PREFIX)
            yield ConfigInvalid(f"nothing reads the variable {name}", fix=fix)


def _where(key: str, file: ConfigFile) -> str:
    variable = PREFIX + key.upper()
    return f"look at {variable} and {file.path}" if key in FROM_ENVIRONMENT else f"look at {file.path}"
