"""The store `keyring` against a real Secret Service: one that works, is locked, is absent or never answers."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from commands.outside import WHOLE_WORLD_S, Waits, serving, until

from bureau_cli.app import Wiring
from bureau_cli.platform.admin import Admin

pytestmark = pytest.mark.slow

ANSWERED_S = 4.0
"""What the user is promised. The tool's own limit is far below it; the guard of a test is no measurement."""
BUS = """<busconfig>
  <type>session</type>
  <listen>unix:path={path}</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"""
MUTE = """
from jeepney import DBusAddress, new_method_call
from jeepney.io.blocking import open_dbus_connection

bus = open_dbus_connection()
ask = DBusAddress("/org/freedesktop/DBus", "org.freedesktop.DBus", "org.freedesktop.DBus")
bus.send_and_get_reply(new_method_call(ask, "RequestName", "su", ("org.freedesktop.secrets", 0)))
print("owned", flush=True)
while True:
    bus.receive()
"""


WATCHER = """
import glob, time
end, seen = time.monotonic() + 3, set()
print("watching", flush=True)
while time.monotonic() < end:
    for path in glob.glob("/proc/[0-9]*"):
        try:
            line = open(path + "/cmdline").read()
            if "bureau_cli.config.keyring_process" in line and "glob" not in line:
                seen.add(line + open(path + "/environ").read())
        except OSError:
            pass
    time.sleep(0.05)
print(repr(seen))
"""


@pytest.fixture
def bus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A session bus of the test's own, which starts no service by itself."""
    if shutil.which("dbus-daemon") is None:
        pytest.skip("dbus-daemon is not installed")
    socket, config = tmp_path / "bus", tmp_path / "bus.conf"
    config.write_text(BUS.format(path=socket), encoding="utf-8")
    with running("dbus-daemon", "--nofork", f"--config-file={config}"):
        until(socket.exists)
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={socket}")
        yield


@contextmanager
def running(*command: str, stdin: str = "") -> Iterator[subprocess.Popen[str]]:
    """A process for as long as the block runs."""
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin is not None
        process.stdin.write(stdin)
        process.stdin.close()
        try:
            yield process
        finally:
            process.terminate()
            process.wait(WHOLE_WORLD_S)


@pytest.fixture
def keyring(bus: None, clean_world: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:  # noqa: ARG001 - on that bus
    """GNOME Keyring, unlocked by its password, in the test's own home."""
    if shutil.which("gnome-keyring-daemon") is None:
        pytest.skip("gnome-keyring is not installed")
    control = clean_world / "run"
    control.mkdir(mode=0o700)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(control))
    secretstorage = pytest.importorskip("secretstorage")
    line = (
        "gnome-keyring-daemon",
        "--foreground",
        "--unlock",
        "--components=secrets",
        f"--control-directory={control}",
    )
    with running(*line, stdin="pass"), closing(secretstorage.dbus_init()) as connection:
        until(lambda: secretstorage.check_service_availability(connection))
        until(lambda: not default_collection(secretstorage, connection).is_locked())
        yield default_collection(secretstorage, connection)


def default_collection(secretstorage: Any, connection: Any) -> Any:
    last = time.monotonic() + WHOLE_WORLD_S
    while True:
        try:
            return secretstorage.Collection(connection)
        except secretstorage.exceptions.ItemNotFoundException:
            assert time.monotonic() < last, "the keyring has no default collection"
            time.sleep(0.01)


@pytest.fixture
def mute(bus: None) -> Iterator[None]:  # noqa: ARG001 - on that bus
    """A Secret Service that takes every question and answers none."""
    with running(sys.executable, "-c", MUTE) as service:
        assert service.stdout is not None
        assert service.stdout.readline() == "owned\n"
        yield


class SigningIn:
    """Runs commands of the profile `far`, which is on the test's platform and keeps its token in the keyring."""

    def __init__(self, bureau: Any, url: str, token: str) -> None:
        self.token = token
        self._bureau = bureau
        self._url = url

    def __call__(self, *argv: str) -> Any:
        more = ("--base-url", self._url, "--token-stdin") if argv[:2] == ("auth", "login") else ()
        return self._bureau(*argv, "-p", "far", *more, stdin=self.token, wiring=Wiring(patience=Waits().patience))


@pytest.fixture
def sign_in(bureau: Any, platform_file: Path) -> Iterator[SigningIn]:
    token = Admin(platform_file).token("kari.nordmann", timedelta(hours=1))
    with serving() as url:
        yield SigningIn(bureau, url, token)


def test_a_secret_is_kept_in_the_keyring_and_read_back_from_there(
    keyring: Any, sign_in: Any, clean_world: Path
) -> None:
    signed_in = sign_in("auth", "login", "-o", "json")
    assert signed_in.code == 0, signed_in.err
    assert (signed_in.json["data"]["store"], signed_in.json["data"]["login"]) == ("keyring", "kari.nordmann")
    (item,) = keyring.get_all_items()
    assert sign_in.token in item.get_secret().decode(), "the control: it is really there"
    assert item.get_attributes()["service"] == "bureau"
    assert sign_in("clients", "list", "--limit", "1").code == 0
    item.set_secret(item.get_secret().replace(sign_in.token.encode(), b"other"))
    assert sign_in("clients", "list").code == 4, "the control: it is really read from there"
    left = [path for path in clean_world.rglob("*") if path.is_file() and sign_in.token.encode() in path.read_bytes()]
    assert left == []
    assert sign_in("auth", "logout").code == 0
    assert list(keyring.get_all_items()) == []
    assert "holds no secret" in sign_in("auth", "status").err


def test_a_locked_keyring_is_told_and_no_window_opened(keyring: Any, sign_in: Any) -> None:
    keyring.lock()
    began = time.monotonic()
    locked = sign_in("auth", "login")
    assert time.monotonic() - began < ANSWERED_S
    assert (locked.code, locked.out) == (4, b"")
    assert "error: the keyring is locked [keyring_locked]" in locked.err
    assert "--store file" in locked.err


@pytest.mark.usefixtures("bus")
def test_a_bus_without_a_keyring_is_told(sign_in: Any) -> None:
    began = time.monotonic()
    absent = sign_in("auth", "login")
    assert time.monotonic() - began < ANSWERED_S
    assert (absent.code, absent.out) == (4, b"")
    assert "error: there is no keyring here" in absent.err
    assert (
        "[keyring_absent]\nfix: keep the secret in a private file: bureau auth login, with --store file" in absent.err
    )


def test_what_keeps_nothing_or_in_plain_text_is_no_keyring(
    sign_in: Any, clean_world: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither a variable nor the library's own configuration chooses another one."""
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
    chosen = clean_world / ".config" / "python_keyring" / "keyringrc.cfg"
    chosen.parent.mkdir(parents=True)
    chosen.write_text("[backend]\ndefault-keyring=keyring.backends.null.Keyring\n", encoding="utf-8")
    ask = "import keyring; print(keyring.get_keyring().__module__)"
    control = subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, check=True)
    assert control.stdout == "keyring.backends.null\n", "the control: the library would take it"
    assert "[keyring_absent]" in sign_in("auth", "login").err


@pytest.mark.usefixtures("mute")
def test_a_keyring_that_never_answers_is_given_up_in_time(sign_in: Any, clean_world: Path) -> None:
    began = time.monotonic()
    silent = sign_in("auth", "login")
    assert time.monotonic() - began < ANSWERED_S
    assert (silent.code, silent.out) == (4, b"")
    assert "error: the keyring did not answer within 2.5 s [keyring_silent]" in silent.err
    assert "--store file" in silent.err
    assert not (clean_world / ".config").exists()
    assert still_asking() == []
    found = {row["check"]: row for row in sign_in("doctor", "-o", "json").json["data"]}
    assert found["profile"]["state"] == "problem", "the control: nothing was signed in, so nothing is kept"


@pytest.mark.usefixtures("mute")
def test_doctor_tells_a_keyring_that_never_answers_by_its_name(bureau: Any, clean_world: Path) -> None:
    config = clean_world / ".config" / "bureau" / "config.toml"
    config.parent.mkdir(parents=True)
    config.write_text("[profiles.far]\nbase_url = 'https://x.example'\ncredential = 'keyring'", encoding="utf-8")
    found = {row["check"]: row for row in bureau("doctor", "-p", "far", "-o", "json").json["data"]}
    assert found["credential"]["state"] == "problem"
    assert "did not answer" in found["credential"]["found"]


@pytest.mark.usefixtures("mute", "platform_file")
@pytest.mark.parametrize("words", ["--help", "auth login --help", "clients list --limit 1", "profiles list"])
def test_the_keyring_is_not_touched_by_what_needs_no_secret(words: str, tmp_path: Path) -> None:
    """It never answers here, so whoever asked would be late; and no process of ours was started to ask it."""
    log = tmp_path / "started"
    script = (
        "import sys, subprocess\n"
        f"sys.addaudithook(lambda event, args: event == 'subprocess.Popen' and open({str(log)!r}, 'a').write('x'))\n"
        "from bureau_cli.__main__ import main\n"
        "sys.argv[0] = 'bureau'; sys.exit(main())"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, *words.split()], capture_output=True, timeout=WHOLE_WORLD_S, check=False
    )
    assert (done.returncode, log.exists()) == (0, False)


@pytest.mark.usefixtures("mute")
def test_the_secret_is_not_to_be_seen_while_the_keyring_is_asked(sign_in: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The process that asks is looked at from outside, as anybody who may run `ps` can."""
    monkeypatch.setenv("BUREAU_TOKEN", sign_in.token)
    with subprocess.Popen([sys.executable, "-c", WATCHER], stdout=subprocess.PIPE, text=True) as watching:
        assert watching.stdout is not None
        watching.stdout.readline()
        assert sign_in("auth", "login").code == 4
        seen = watching.communicate(timeout=WHOLE_WORLD_S)[0]
    assert "keyring_process" in seen, "the control: it was seen"
    assert sign_in.token not in seen
    assert "BUREAU_" not in seen


def still_asking() -> list[str]:
    """The processes that still talk to a keyring for us."""
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            line = path.read_bytes()
        except OSError:
            continue
        parent = f"PPid:\t{os.getpid()}\n"
        if b"keyring_process" in line and parent in (path.parent / "status").read_text(encoding="utf-8"):
            found.append(str(path))
    return found
