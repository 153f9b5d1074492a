"""Settings: flags win over the environment (SHOPPER_HOME, SHOPPER_DATABASE, SHOPPER_PORT), which wins over defaults."""

from pathlib import Path

from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from assistant.domain.errors import InvalidInput
from assistant.locations import data_folder


class Settings(BaseSettings):
    """What can be set, documented in place."""

    model_config = SettingsConfigDict(env_prefix="SHOPPER_", frozen=True, extra="ignore")

    home: Path = Field(default_factory=data_folder, description="folder that holds the ledger, its backups and browser profiles")
    database: str = Field(default="", description="URL of the ledger; empty = SQLite inside the data folder")
    port: int = Field(default=8377, ge=0, le=65535, description="port of the local server on 127.0.0.1; 0 = any free one")

    @property
    def database_url(self) -> str:
        """The ledger's URL, with the default filled in."""
        return self.database or f"sqlite:///{self.home.expanduser() / 'ledger.sqlite'}"


def load(home: Path | None = None, database: str | None = None, port: int | None = None) -> Settings:
    """Return the settings in force. Raises InvalidInput that names the setting, its value and what is allowed."""
    given = {name: value for name, value in (("home", home), ("database", database), ("port", port)) if value is not None}
    try:
        return Settings(**given)  # type: ignore[arg-type]  # pydantic checks the types right here
    except ValidationError as error:
        first = error.errors()[0]
        name = ".".join(str(part) for part in first["loc"])
        raise InvalidInput(f"The setting '{name}' cannot be {first['input']!r}: {first['msg']}. Change it or leave it out.") from error
