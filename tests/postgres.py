"""A PostgreSQL server of the tests' own, made from the programs that Debian's package `postgresql` installs."""

import os
import shutil
import socket
import subprocess
from collections.abc import Sequence
from pathlib import Path

_FAST = {"fsync": "off", "full_page_writes": "off", "shared_buffers": "16MB", "max_connections": "60"}


def programs() -> Path | None:
    """Return the folder of the newest PostgreSQL programs on this machine, None when there are none."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    initdb = found[-1] if found else Path(shutil.which("initdb") or "")
    return initdb.parent if initdb.name else None


class Cluster:
    """A server on a free port of this machine, with the database `test` of the user `tester`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._as_user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        if self._as_user:
            # PostgreSQL refuses to run as root.
            shutil.chown(folder, "postgres")
        self._run("initdb", "-D", "data", "-U", "tester", "-A", "trust", "-E", "UTF8", "--no-locale", "--no-sync")
        options = {**_FAST, "port": str(self.port), "listen_addresses": "127.0.0.1", "unix_socket_directories": str(folder)}
        with (folder / "data" / "postgresql.conf").open("a", encoding="utf-8") as stream:
            stream.writelines(f"{name} = '{value}'\n" for name, value in options.items())
        self.start()
        self._run("createdb", "-h", "127.0.0.1", "-p", str(self.port), "-U", "tester", "test")

    @property
    def url(self) -> str:
        return f"postgresql://tester@127.0.0.1:{self.port}/test"

    def start(self) -> None:
        self._run("pg_ctl", "-D", "data", "-w", "-l", "log", "start")

    def stop(self) -> None:
        self._run("pg_ctl", "-D", "data", "-w", "-m", "immediate", "stop")

    def _run(self, program: str, *arguments: str) -> None:
        folder = programs()
        assert folder is not None
        command: Sequence[str] = [*self._as_user, str(folder / program), *arguments]
        subprocess.run(command, cwd=self._folder, check=True, stdout=subprocess.DEVNULL)
