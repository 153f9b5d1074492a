"""The terminal app's token: in a trusted keyring or a private file, without waiting and without a crash."""

import os
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.errors import InitError

from assistant import vault
from assistant.domain.errors import KeyringAway
from assistant.vault import FileVault, drop_token, keep_token, stored_token


class MemoryKeyring(KeyringBackend):
    """A keyring controlled by a test; `trouble` runs before every answer."""

    priority = 0.1

    def __init__(self, trouble: Callable[[], None] = lambda: None) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}
        self.trouble = trouble

    def get_password(self, service: str, username: str) -> str | None:
        self.trouble()
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.trouble()
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        self.trouble()
        del self.kept[service, username]


class SystemKeyring(MemoryKeyring):
    """One that counts as the operating system's."""


SystemKeyring.__module__ = "keyring.backends.SecretService"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    tmp_path.chmod(0o700)
    return tmp_path


@pytest.fixture
def use(monkeypatch: pytest.MonkeyPatch) -> Callable[[Any], None]:
    """Let the session have a bus, and this keyring."""
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent")
    return lambda backend: monkeypatch.setattr(keyring, "get_keyring", lambda: backend)


@pytest.fixture
def no_session(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    monkeypatch.delenv("XDG_RUNTIME_DIR", raising=False)


def test_the_system_keyring_keeps_the_token(home: Path, use: Callable[[Any], None]) -> None:
    backend = SystemKeyring()
    use(backend)
    assert keep_token(home, "secret") == "keyring"
    assert stored_token(home) == "secret"
    assert list(home.iterdir()) == []
    assert [service for service, _ in backend.kept] == ["shopper"]
    drop_token(home)
    assert stored_token(home) is None
    drop_token(home)


def test_each_data_folder_has_its_own_token(tmp_path: Path, use: Callable[[Any], None]) -> None:
    use(SystemKeyring())
    keep_token(tmp_path / "one", "first")
    keep_token(tmp_path / "two", "second")
    assert (stored_token(tmp_path / "one"), stored_token(tmp_path / "two")) == ("first", "second")


@pytest.mark.usefixtures("no_session")
def test_without_a_desktop_a_private_file_keeps_the_token(home: Path) -> None:
    started = time.monotonic()
    assert keep_token(home, "secret") == "file"
    assert stored_token(home) == "secret"
    assert time.monotonic() - started < 0.1
    assert stat.S_IMODE((home / "terminal.token").stat().st_mode) == 0o600
    drop_token(home)
    assert list(home.iterdir()) == []


@pytest.mark.parametrize("name", ["null", "fail"])
def test_a_keyring_that_keeps_nothing_is_not_used(home: Path, use: Callable[[Any], None], name: str) -> None:
    use(__import__(f"keyring.backends.{name}", fromlist=["Keyring"]).Keyring())
    assert keep_token(home, "secret") == "file"
    assert stored_token(home) == "secret"


def test_an_untrusted_keyring_is_not_used(home: Path, use: Callable[[Any], None]) -> None:
    backend = MemoryKeyring()
    use(backend)
    assert keep_token(home, "secret") == "file"
    assert backend.kept == {}


def test_only_a_trusted_member_of_a_chain_is_used(home: Path, use: Callable[[Any], None]) -> None:
    plain, system = MemoryKeyring(), SystemKeyring()
    chain = MemoryKeyring()
    chain.backends = [plain, system]  # type: ignore[attr-defined]  # what keyring's ChainerBackend has
    use(chain)
    assert keep_token(home, "secret") == "keyring"
    assert (plain.kept, chain.kept) == ({}, {})
    assert list(system.kept.values()) == ["secret"]


@pytest.mark.parametrize("trouble", [InitError("locked"), RuntimeError("a plug-in broke"), OSError("no bus")])
def test_a_failing_keyring_is_not_a_crash(home: Path, use: Callable[[Any], None], trouble: Exception) -> None:
    def fail() -> None:
        raise trouble

    use(SystemKeyring(fail))
    assert keep_token(home, "secret") == "file"
    assert stored_token(home) == "secret"
    drop_token(home)
    assert stored_token(home) is None


def test_a_keyring_that_waits_for_a_person_is_skipped(home: Path, use: Callable[[Any], None], monkeypatch: pytest.MonkeyPatch) -> None:
    answered = threading.Event()
    monkeypatch.setattr(vault, "_PATIENCE", 0.1)
    use(SystemKeyring(lambda: answered.wait(5) and None))
    started = time.monotonic()
    assert keep_token(home, "secret") == "file"
    assert time.monotonic() - started < 2
    answered.set()


def test_keyring_settings_of_the_environment_do_not_weaken_it(home: Path) -> None:
    check = (
        "import sys; from pathlib import Path; from assistant.vault import keep_token, stored_token; "
        "print(keep_token(Path(sys.argv[1]), 'secret'), stored_token(Path(sys.argv[1])))"
    )
    environment = os.environ | {
        "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring",
        "DBUS_SESSION_BUS_ADDRESS": "unix:path=/nonexistent",
    }
    done = subprocess.run(
        [sys.executable, "-c", check, str(home)],
        env=environment,
        capture_output=True,
        text=True,
        timeout=30,
        check=True,
        stdin=subprocess.DEVNULL,
    )
    assert (done.stdout.strip(), done.stderr) == ("file secret", "")


@pytest.mark.parametrize("mode", [0o644, 0o640, 0o604, 0o660])
def test_a_file_readable_by_others_is_not_trusted(home: Path, mode: int) -> None:
    file = FileVault(home / "terminal.token")
    file.put("secret")
    (home / "terminal.token").chmod(mode)
    assert file.get() is None


def test_a_link_in_place_of_the_file_is_not_followed(home: Path) -> None:
    (home / "elsewhere").write_text("planted")
    (home / "elsewhere").chmod(0o600)
    (home / "terminal.token").symlink_to(home / "elsewhere")
    file = FileVault(home / "terminal.token")
    assert file.get() is None
    file.put("secret")
    assert (file.get(), (home / "elsewhere").read_text()) == ("secret", "planted")


@pytest.mark.parametrize("content", [b"", b"\n", b"\xff\xfe"])
def test_a_broken_file_is_not_a_token(home: Path, content: bytes) -> None:
    (home / "terminal.token").write_bytes(content)
    (home / "terminal.token").chmod(0o600)
    assert FileVault(home / "terminal.token").get() is None


@pytest.mark.usefixtures("no_session")
def test_a_missing_folder_is_reported(tmp_path: Path) -> None:
    with pytest.raises(KeyringAway, match="missing"):
        keep_token(tmp_path / "missing", "secret")
    assert stored_token(tmp_path / "missing") is None
