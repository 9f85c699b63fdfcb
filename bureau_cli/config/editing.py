"""Changes config.toml: seen to be valid before the file is replaced whole, with its comments and its order kept."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import tomlkit

from bureau_cli.config.config_file import DEFAULT_KEYS, DEMO, PROFILE_KEYS, ConfigFile, bytes_of, text_of
from bureau_cli.config.drafting import edited
from bureau_cli.config.origins import Profile, Setting, one_setting, profiles_in, settings_with_origin
from bureau_cli.config.settings import PREFIX, Settings, settings_of, unread
from bureau_cli.domain.signing_in import profile_name
from bureau_cli.errors import BadUsage, ConfigInvalid, ConfigKeyUnknown, ProfileNotFound
from bureau_cli.files.atomic import replacing
from bureau_cli.files.folders import Folders, made
from bureau_cli.files.lock import alone

Values = Mapping[str, Any]


class Configuration:
    """The user's config.toml, read and changed."""

    def __init__(self, folders: Folders, options: Values, environ: Mapping[str, str]) -> None:
        self.path = folders.config_file
        self._lock = folders.lock("config")
        self._options = options
        self._environ = environ

    # --- seen --------------------------------------------------------------------------------------------------

    def settings(self) -> Sequence[Setting]:
        """Every setting of this run and where it comes from."""
        for fault in unread(self._environ):
            raise fault
        return settings_with_origin(ConfigFile.read(self.path), self._options, self._environ)

    def setting(self, key: str) -> Setting:
        """One of them."""
        return one_setting(self.settings(), key)

    def profiles(self) -> Sequence[Profile]:
        """The profiles there are."""
        return profiles_in(ConfigFile.read(self.path))

    def profile(self, name: str) -> Profile:
        """One of them.

        Raises:
            ProfileNotFound: there is none of this name.
        """
        file = ConfigFile.read(self.path)
        file.profile(name)
        return next(profile for profile in profiles_in(file) if profile.name == name)

    def own_profile(self, name: str) -> Profile:
        """One that the file itself has, and that can be taken out of it.

        Raises:
            ProfileNotFound: there is no table of this name.
        """
        if name not in ConfigFile.read(self.path).profiles:
            raise ProfileNotFound(f"there is no profile {name} in {self.path}", fix="bureau profiles list")
        return next(profile for profile in self.profiles() if profile.name == name)

    def profile_settings(self, name: str, changed: Values | None = None) -> Settings:
        """The settings of a profile by the file alone, with these keys changed; then it need not be there yet.

        Raises:
            ProfileNotFound: it is not there, and nothing is changed in it.
            ConfigInvalid: a value is none, or another profile would keep the file from being written.
        """
        document = self._document()
        if changed is not None:
            _put(document, ("profiles", name), changed)
            _checked(tomlkit.dumps(document), self.path)
        file = ConfigFile.of(tomlkit.dumps(document), self.path)
        return settings_of(file, {"profile": name}, heeds_environment=False)

    def as_it_is(self, name: str) -> Settings | None:
        """The settings of a profile by the file alone, None where it is not there or not valid yet."""
        try:
            return self.profile_settings(name)
        except (ConfigInvalid, ProfileNotFound):
            return None

    def proposed(self, said: Values, *, by_token: bool) -> Settings:
        """The settings of the profile of the run as signing in is about to make them.

        What was not said stays as it is; a new profile keeps its secret in the keyring.

        Raises:
            BadUsage: it is the demo, which needs no sign-in, or its name cannot be one.
            ProfileNotFound: it is not there and no base URL was said.
        """
        name = profile_name(self.chosen)
        if name == DEMO:
            raise BadUsage(
                f"the profile {DEMO} is the embedded platform, which needs no sign-in",
                fix="bureau auth login -p NAME --base-url https://…",
            )
        table = ConfigFile.read(self.path).profiles.get(name)
        if table is None and "base_url" not in said:
            raise ProfileNotFound(f"there is no profile {name} yet", fix="add --base-url https://… to make it")
        changed = {"credential": (table or {}).get("credential", "keyring"), **said}
        if by_token:
            changed["client_id"] = None
        if "credential" in said:
            changed["token_file"] = None
        return self.profile_settings(name, changed)

    @property
    def chosen(self) -> str:
        """The name of the profile that was asked for, whether or not there is one."""
        said = self._options.get("profile")
        return self._environ.get(f"{PREFIX}PROFILE") or self.default if said is None else str(said)

    @property
    def default(self) -> str:
        """The name of the profile that holds where none is named."""
        return str(ConfigFile.read(self.path).defaults.get("profile", DEMO))

    # --- changed -----------------------------------------------------------------------------------------------

    async def set(self, key: str, text: str, *, profile: str | None) -> Setting:
        """Say a setting in a profile, or where none is named in the defaults.

        Raises:
            ConfigKeyUnknown: nothing there reads the key.
            ConfigInvalid: the value is none; the file is as it was.
        """
        known = DEFAULT_KEYS if profile is None else PROFILE_KEYS
        if key not in known:
            raise _unknown_key(key, profile)
        file = ConfigFile.read(self.path)
        if profile is None:
            return await self._set(("defaults",), key, text)
        file.profile(profile)
        return await self._set(("profiles", profile), key, text)

    async def _set(self, where: Sequence[str], key: str, text: str) -> Setting:
        try:
            await self._change(where, {key: _value(key, text)})
        except (ConfigInvalid, ProfileNotFound) as wrong:
            wrong.fix = f"say another value; {self.path} is as it was"
            raise
        return Setting(key=key, value=text, origin=" ".join(where).replace("profiles", "profile"))

    async def write_profile(self, name: str, changed: Values) -> None:
        """Make a profile, or change keys of one; a key that is None is taken out."""
        await self._change(("profiles", name), changed)

    async def use(self, name: str) -> Profile:
        """Make a profile the one that holds where none is named."""
        self.profile(name)
        await self._change(("defaults",), {"profile": name})
        return self.profile(name)

    async def remove_profile(self, name: str) -> Profile:
        """Take a profile out; where it was the default, the demo is that again."""
        removed = self.own_profile(name)
        async with self._rewriting() as document:
            del document["profiles"][name]
            if removed.is_default:
                del document["defaults"]["profile"]
        return removed

    async def edit(self) -> None:
        """Let the user edit a copy in the editor of VISUAL or EDITOR, which takes the file's place if it is valid.

        Raises:
            EditorFailed: there is no editor, it ended badly, or what an earlier edit left would be lost.
            ConfigInvalid: what was saved is wrong, or the file was changed meanwhile; what was saved is kept beside it.
        """
        command = self._environ.get("VISUAL") or self._environ.get("EDITOR") or "vi"
        draft, before = made(self.path.parent) / "config.edited.toml", bytes_of(self.path)
        if not await edited(command, draft, before):
            return
        async with alone(self._lock):
            self._take(draft, before)

    def _take(self, draft: Path, before: bytes) -> None:
        """Put a draft in the place of the file that it was made of."""
        if bytes_of(self.path) != before:
            raise ConfigInvalid(
                f"{self.path} was changed while you edited, and is not replaced",
                fix=f"what you wrote is in {draft}: bring the two together and move it there",
            )
        try:
            _checked(text := text_of(draft), self.path)
        except (ConfigInvalid, ProfileNotFound) as wrong:
            raise ConfigInvalid(
                f"{wrong.message}; {self.path} is as it was",
                fix=f"what you wrote is in {draft}: mend it and move it there",
            ) from wrong
        self._replace(text)
        draft.unlink()

    async def _change(self, where: Sequence[str], values: Values) -> None:
        async with self._rewriting() as document:
            _put(document, where, values)

    @asynccontextmanager
    async def _rewriting(self) -> AsyncIterator[tomlkit.TOMLDocument]:
        """The document of the file, which is replaced when the block ends well and what it holds is valid."""
        async with alone(self._lock):
            document = self._document()
            yield document
            changed = tomlkit.dumps(document)
            _checked(changed, self.path)
            self._replace(changed)

    def _document(self) -> tomlkit.TOMLDocument:
        """The file as it stands, its mistakes told by the one who reads it in every run."""
        text = text_of(self.path)
        ConfigFile.of(text, self.path)
        return tomlkit.parse(text)

    def _replace(self, text: str) -> None:
        """The file itself is replaced where its name is a link, as of those who keep their settings elsewhere."""
        made(self.path.parent)
        with replacing(self.path.resolve(), overwrite=True) as stream:
            stream.write(text.encode())


def _checked(text: str, path: Path) -> None:
    """See that a text would be a valid config.toml: its defaults by themselves, and with each of its profiles.

    Raises:
        ConfigInvalid, ProfileNotFound: it would not.
    """
    file = ConfigFile.of(text, path)
    settings_of(replace(file, profiles={}), {"profile": DEMO}, heeds_environment=False)
    for name in (file.defaults.get("profile", DEMO), *file.profiles):
        settings_of(file, {"profile": name}, heeds_environment=False)


def _put(document: tomlkit.TOMLDocument, where: Sequence[str], values: Values) -> None:
    """Put values into a table, made where it is missing; None takes one out."""
    table: Any = document
    for depth, name in enumerate(where, start=1):
        if name not in table:
            table[name] = tomlkit.table(is_super_table=depth < len(where))
        table = table[name]
    for key, value in values.items():
        if value is None:
            table.pop(key, None)
        else:
            table[key] = value


def _value(key: str, text: str) -> str | int | bool:
    """A word of the command line as the kind of value that the key takes."""
    kind = Settings.model_fields[key].annotation
    if kind is bool:
        if text not in {"true", "false"}:
            raise BadUsage(f"{key} is true or false, not {text!r}")
        return text == "true"
    if kind is int and text.isascii() and text.isdecimal():
        return int(text)
    return text


def _unknown_key(key: str, profile: str | None) -> ConfigKeyUnknown:
    if profile is None and key in PROFILE_KEYS:
        return ConfigKeyUnknown(f"{key} is said for one profile", fix=f"bureau config set {key} VALUE -p PROFILE")
    if profile is not None and key in DEFAULT_KEYS:
        return ConfigKeyUnknown(f"{key} is said for all profiles", fix="leave out --profile")
    return ConfigKeyUnknown(f"there is no setting {key}")
