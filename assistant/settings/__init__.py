"""Settings: flags win over the environment (SHOPPER_HOME, SHOPPER_DATABASE, SHOPPER_PORT, SHOPPER_ZONE), which wins over defaults.

Four values need no settings library: the terminal app would wait longer for its import than for its own first paint.
"""

import os
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

from assistant.domain.errors import InvalidInput
from assistant.domain.languages.translating import translated
from assistant.locations import data_folder

STANDARD_PORT = 8377
"""The port that the extension tries first."""
_HIGHEST_PORT = 65535


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """All settings."""

    home: Path = field(default_factory=data_folder)
    """Folder that holds the ledger, its backups and browser profiles."""
    database: str = ""
    """URL of the ledger; empty = SQLite inside the data folder."""
    port: int = STANDARD_PORT
    """Port of the local server on 127.0.0.1; 0 = any free one."""
    zone: str = ""
    """Time zone of all days in the books, like Europe/Berlin; empty = each marketplace's own."""
    own_home: bool = False
    """Whether the user chose the folder with a flag or environment variable."""
    own_port: bool = False
    """Whether the user chose the port with a flag or environment variable."""

    @property
    def database_url(self) -> str:
        """The ledger's URL, with the default filled in."""
        if self.database:
            return self.database
        # A path may contain characters with a meaning in URLs.
        return f"sqlite:///{quote(str(self.home.expanduser() / 'ledger.sqlite'))}"

    def hand_down(self) -> None:
        """Put what was chosen into the environment of the programs that this one starts: others can read the flags of a process."""
        os.environ |= {"SHOPPER_HOME": str(self.home), "SHOPPER_PORT": str(self.port)}
        if self.database:
            os.environ["SHOPPER_DATABASE"] = self.database


def load(home: Path | None = None, database: str | None = None, port: int | None = None) -> Settings:
    """Return the settings in force. Raises InvalidInput that names the setting, its value and what is allowed."""
    chosen = home or Path(os.environ.get("SHOPPER_HOME") or "")
    own = home is not None or bool(os.environ.get("SHOPPER_HOME"))
    return Settings(
        home=chosen if own else data_folder(),
        database=database if database is not None else os.environ.get("SHOPPER_DATABASE", ""),
        port=_port(port if port is not None else os.environ.get("SHOPPER_PORT") or STANDARD_PORT),
        zone=_zone(os.environ.get("SHOPPER_ZONE", "")),
        own_home=own,
        own_port=port is not None or bool(os.environ.get("SHOPPER_PORT")),
    )


def _zone(name: str) -> str:
    if not name:
        return ""
    from zoneinfo import ZoneInfo  # noqa: PLC0415  # only who sets a zone needs it

    try:
        return ZoneInfo(name).key
    except (KeyError, ValueError, OSError) as error:
        raise InvalidInput(
            translated("There is no time zone '{name}'. Use a name like Europe/Berlin or America/New_York.", name=name[:40])
        ) from error


def _port(value: int | str) -> int:
    try:
        port = int(value)
    except ValueError:
        port = -1
    if not 0 <= port <= _HIGHEST_PORT:
        raise InvalidInput(
            translated(
                "The port cannot be '{value}'. Use a number from 0 (any free port) to {most}.", value=str(value)[:20], most=_HIGHEST_PORT
            )
        )
    return port
