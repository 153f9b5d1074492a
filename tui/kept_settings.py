"""The user's settings while the app runs: read from the data folder, changed one by one, kept in memory where the disk is full."""

import asyncio
from dataclasses import replace
from pathlib import Path

from assistant.domain.errors import SettingsNotSaved
from assistant.settings.user_settings import UserSettings, checked_setting, read_user_settings, save_setting


class KeptSettings:
    """Reads and changes settings. Without a folder they last as long as the app."""

    def __init__(self, home: Path | None = None) -> None:
        self.home = home
        self.now = read_user_settings(home) if home else UserSettings()

    async def save(self, name: str, value: str | None) -> None:
        """Change a setting. Raises InvalidInput, and SettingsNotSaved, after which it counts until the app is closed."""
        if self.home is None:
            self.now = self._with_setting(name, value)
            return
        try:
            self.now = await asyncio.to_thread(save_setting, self.home, name, value)
        except SettingsNotSaved:
            self.now = self._with_setting(name, value)
            raise

    def _with_setting(self, name: str, value: str | None) -> UserSettings:
        table, dot, entry = name.partition(".")
        if dot:
            kept = {key: text for key, text in getattr(self.now, table).items() if key != entry}
            return self.now.with_table(table, kept if value is None else {**kept, entry: value})
        return replace(self.now, **{name: checked_setting(name, value, self.home) if value is not None else getattr(UserSettings(), name)})
