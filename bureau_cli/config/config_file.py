"""config.toml as it is written: `[defaults]` and a table for each profile, with no key that nothing reads."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from bureau_cli.domain.signing_in import profile_name
from bureau_cli.errors import BadUsage, ConfigInvalid, ProfileNotFound

DEMO = "demo"
DEFAULT_KEYS = frozenset({"profile", "lang", "output", "deadline", "jobs"})
SIGN_IN_KEYS = frozenset({"base_url", "credential", "token_file", "client_id", "exchange"})
PROFILE_KEYS = (DEFAULT_KEYS - {"profile"}) | SIGN_IN_KEYS | {"user", "writes"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Layer:
    """Settings from one source; `source` is how a person is told where a value comes from."""

    source: str
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfigFile:
    """config.toml, its keys checked: `[defaults]` and one table a profile."""

    path: Path
    defaults: Mapping[str, Any]
    profiles: Mapping[str, Mapping[str, Any]]

    @classmethod
    def read(cls, path: Path) -> ConfigFile:
        """Read the file; where there is none, only what is built in holds.

        Raises:
            ConfigInvalid: it cannot be read, is not TOML, or has a key that nothing reads.
        """
        return cls.of(text_of(path), path)

    @classmethod
    def of(cls, text: str, path: Path) -> ConfigFile:
        """The same of a text that is, or is to be, in the file at `path`.

        Raises:
            ConfigInvalid: it is not TOML, or has a key that nothing reads.
        """
        try:
            content = tomllib.loads(text)
        except tomllib.TOMLDecodeError as fault:
            raise ConfigInvalid(f"{path} is not valid TOML: {fault}", fix="bureau config edit") from fault
        _check_keys(content, frozenset({"defaults", "profiles"}), f"in {path}")
        defaults, profiles = _table(content, "defaults", path), _table(content, "profiles", path)
        _check_keys(defaults, DEFAULT_KEYS, f"in [defaults] of {path}")
        if not isinstance(defaults.get("profile", DEMO), str):
            raise ConfigInvalid(f"profile in [defaults] of {path} is no name", fix='write it like profile = "prod"')
        for name in profiles:
            _check_name(name, path)
            _check_keys(_table(profiles, name, path), PROFILE_KEYS, f"in [profiles.{name}] of {path}")
        if "base_url" in profiles.get(DEMO, {}):
            raise ConfigInvalid(f"the profile {DEMO} is the embedded platform", fix="give the remote one another name")
        return cls(path=path, defaults=defaults, profiles=profiles)

    def profile(self, name: str) -> Mapping[str, Any]:
        """The table of a profile; `demo` is built in and may be absent.

        Raises:
            ProfileNotFound: there is no such table.
            ConfigInvalid: it does not say where its platform is; only `demo` is on the embedded one.
        """
        if name not in self.profiles and name != DEMO:
            known = ", ".join(sorted({DEMO, *self.profiles}))
            raise ProfileNotFound(f"there is no profile {name} in {self.path}", fix=f"profiles: {known}")
        found = self.profiles.get(name, {})
        if name != DEMO and "base_url" not in found:
            raise ConfigInvalid(
                f"the profile {name} in {self.path} has no base_url",
                fix=f"say which platform it is on, or use the profile {DEMO} for the embedded one",
            )
        return found

    def layers(self, options: Mapping[str, Any], environment: Mapping[str, Any]) -> Sequence[Layer]:
        """What is said where, the strongest first; the profile is chosen by the first that names one.

        Raises:
            ProfileNotFound, ConfigInvalid: the profile that is chosen is none.
        """
        chosen = (options.get("profile"), environment.get("profile"), self.defaults.get("profile"), DEMO)
        name = next(one for one in chosen if one is not None)
        return (
            Layer(source="option", values=options),
            Layer(source="variable", values=environment),
            Layer(source=f"profile {name}", values=self.profile(name)),
            Layer(source="defaults", values=self.defaults),
        )


def text_of(path: Path) -> str:
    """The text of config.toml, empty where there is none.

    Raises:
        ConfigInvalid: it cannot be read.
    """
    try:
        return bytes_of(path).decode("utf-8")
    except UnicodeDecodeError as fault:
        raise ConfigInvalid(f"{path} is not UTF-8", fix=f"save {path} as UTF-8") from fault


def bytes_of(path: Path) -> bytes:
    """The same, whatever it holds."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return b""
    except OSError as fault:
        fix = f"see that {path} can be read, or set XDG_CONFIG_HOME"
        raise ConfigInvalid(f"{path} cannot be read: {fault.strerror}", fix=fix) from fault


def suggestion(word: str, known: frozenset[str] | set[str], otherwise: str, *, prefix: str = "") -> str:
    """What was meant by a word that is not among those known, or what to do `otherwise`."""
    close = get_close_matches(word, known, n=1)
    return f"did you mean {prefix}{close[0]}?" if close else otherwise


def _check_name(name: str, path: Path) -> None:
    """What is kept of a profile lies, and is removed, where its name says: one like `..` would be another place."""
    try:
        profile_name(name)
    except BadUsage as wrong:
        raise ConfigInvalid(f"{wrong.message}, as it does in {path}", fix=wrong.fix) from None


def _check_keys(table: Mapping[str, Any], known: frozenset[str], where: str) -> None:
    for key in table:
        if key not in known:
            raise ConfigInvalid(f"unknown key {key} {where}", fix=suggestion(key, known, f"keys: {_listed(known)}"))


def _listed(words: frozenset[str]) -> str:
    return ", ".join(sorted(words))


def _table(content: Mapping[str, Any], key: str, path: Path) -> Mapping[str, Any]:
    table = content.get(key, {})
    if not isinstance(table, dict):
        raise ConfigInvalid(f"{key} in {path} must be a table")
    return table
