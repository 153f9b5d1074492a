"""The user's own settings: one TOML file in the data folder. An environment variable like SHOPPER_THEME wins over the file.

Changing a setting changes its line only, so that comments and the order of the file stay.
"""

import json
import os
import re
import threading
import tomllib
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, fields, replace
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from assistant.domain.errors import InvalidInput, SettingsNotSaved
from assistant.domain.languages.language import LANGUAGES, system_language
from assistant.domain.languages.system_errors import reason_of
from assistant.domain.languages.translating import any_of, to_translate, translated
from assistant.locations import make_private

FILE = "settings.toml"
WEEK_STARTS = ("monday", "sunday", "saturday")
COUNTRIES: Mapping[str, tuple[str, str, str]] = {
    "US": (to_translate("United States"), "amazon.com", "USD"),
    "CA": (to_translate("Canada"), "amazon.ca", "CAD"),
    "MX": (to_translate("Mexico"), "amazon.com.mx", "MXN"),
    "BR": (to_translate("Brazil"), "amazon.com.br", "BRL"),
    "GB": (to_translate("United Kingdom"), "amazon.co.uk", "GBP"),
    "IE": (to_translate("Ireland"), "amazon.ie", "EUR"),
    "DE": (to_translate("Germany"), "amazon.de", "EUR"),
    "AT": (to_translate("Austria"), "amazon.de", "EUR"),
    "CH": (to_translate("Switzerland"), "amazon.de", "CHF"),
    "FR": (to_translate("France"), "amazon.fr", "EUR"),
    "IT": (to_translate("Italy"), "amazon.it", "EUR"),
    "ES": (to_translate("Spain"), "amazon.es", "EUR"),
    "NL": (to_translate("Netherlands"), "amazon.nl", "EUR"),
    "BE": (to_translate("Belgium"), "amazon.com.be", "EUR"),
    "SE": (to_translate("Sweden"), "amazon.se", "SEK"),
    "PL": (to_translate("Poland"), "amazon.pl", "PLN"),
    "TR": (to_translate("Turkey"), "amazon.com.tr", "TRY"),
    "AE": (to_translate("United Arab Emirates"), "amazon.ae", "AED"),
    "SA": (to_translate("Saudi Arabia"), "amazon.sa", "SAR"),
    "EG": (to_translate("Egypt"), "amazon.eg", "EGP"),
    "IN": (to_translate("India"), "amazon.in", "INR"),
    "JP": (to_translate("Japan"), "amazon.co.jp", "JPY"),
    "SG": (to_translate("Singapore"), "amazon.sg", "SGD"),
    "AU": (to_translate("Australia"), "amazon.com.au", "AUD"),
}
"""Countries by ISO code: name, marketplace, currency."""
_SUNDAY = frozenset({"US", "CA", "MX", "BR", "JP", "IN", "SA"})
_SATURDAY = frozenset({"AE", "EG"})
_LINE = re.compile(r'\s*(?:"([^"]*)"|([\w.@+-]+))\s*=')
_HEAD = re.compile(r"\s*\[\s*([\w-]+)\s*\]")


@dataclass(frozen=True, slots=True, kw_only=True)
class UserSettings:
    """What the user chose; empty means not chosen. `problems` are sentences about lines of the file that cannot be used."""

    theme: str = ""
    """Colours of the terminal app: shopper-dark, shopper-light, shopper-contrast or another theme."""
    hide_amounts: bool = False
    """Whether the terminal app hides amounts from onlookers."""
    opens_on: str = ""
    """The screen on which the terminal app opens, like orders; empty = the one that was shown last."""
    last_screen: str = ""
    """The screen that the terminal app showed last; the app sets it."""
    country: str = ""
    """Your country as two letters, like DE: it decides the marketplace, the currency shown first, and how a week starts."""
    language: str = ""
    """The language of the app, the commands and warnings: de, en, es, fr, it or ja; empty = the system's."""
    week_start: str = ""
    """The first day of a week: monday, sunday or saturday; empty = the country's."""
    welcome: bool = True
    """Whether the terminal app shows its first steps as long as there is no account."""
    drop_folder: str = ""
    """The watched folder: the server imports files that are put into it; empty = `drop` in the data folder."""
    keys: Mapping[str, str] = field(default_factory=dict)
    """Changed keys by action: keys.import = "i,ctrl+i". 'shopper settings keys' lists the actions."""
    filters: Mapping[str, str] = field(default_factory=dict)
    """Filters by name, written @name in every filter: filters.big = ">500"."""
    problems: tuple[str, ...] = ()

    def with_table(self, table: str, texts: Mapping[str, str]) -> "UserSettings":
        """Return the settings with other keys or other filters."""
        return replace(self, keys=texts) if table == "keys" else replace(self, filters=texts)

    @property
    def first_weekday(self) -> int:
        """The first day of a week: 0 = Monday, 6 = Sunday."""
        word = self.week_start or ("sunday" if self.country in _SUNDAY else "saturday" if self.country in _SATURDAY else "monday")
        return {"monday": 0, "saturday": 5, "sunday": 6}[word]

    @property
    def marketplace(self) -> str:
        """The marketplace of the country, amazon.com if none is chosen."""
        return COUNTRIES[self.country][1] if self.country else "amazon.com"

    @property
    def currency(self) -> str:
        """The currency of the country, "" if none is chosen."""
        return COUNTRIES[self.country][2] if self.country else ""


TABLES = ("keys", "filters")
SIMPLE = tuple(entry.name for entry in fields(UserSettings) if entry.name not in (*TABLES, "problems"))
"""The names of settings that are one value."""


def _word(allowed: tuple[str, ...]) -> Callable[[Any], str]:
    def read(value: Any) -> str:
        text = str(value)
        found = next((word for word in allowed if word.casefold() == text.casefold()), None)
        if found is None:
            near = get_close_matches(text.casefold(), [word.casefold() for word in allowed], n=1)
            raise InvalidInput(
                translated("Use {choices}.", choices=any_of(near) if near else ", ".join(word or translated("nothing") for word in allowed))
            )
        return found

    return read


def _yes_or_no(value: Any) -> bool:
    words = {"true": True, "yes": True, "on": True, "1": True, "false": False, "no": False, "off": False, "0": False}
    found = words.get(str(value).casefold())
    if found is None:
        raise InvalidInput(translated("Use yes or no."))
    return found


def _in_quotes(value: Any) -> str:
    if not isinstance(value, str):
        raise InvalidInput(translated("Put the value in quotation marks."))
    return value


def _own_folder(value: Any) -> str:
    text = _in_quotes(value).strip()
    if not text:
        return ""
    try:
        folder = Path(text).expanduser()
    except RuntimeError:  # ~name of a user that does not exist
        folder = Path(text)
    if not folder.is_absolute():
        raise InvalidInput(translated("Write the whole path of the folder, from / or ~ on."))
    if Path.home().is_relative_to(folder.resolve()):
        raise InvalidInput(translated("Everything that you have is in this folder. Choose a folder in it, for example ~/Amazon."))
    return text


def _refuse_data_folder(folder: Path, home: Path) -> None:
    """Raise InvalidInput if what is put into `folder` would be mixed with Shopper's own files."""
    own = home.expanduser().resolve()
    if own.is_relative_to(folder) or (folder.is_relative_to(own) and folder != own / "drop"):
        raise InvalidInput(translated("Shopper keeps its own files in this folder. Choose another one, for example ~/Amazon."))


_READERS: Mapping[str, Callable[[Any], Any]] = {
    "theme": _in_quotes,
    "hide_amounts": _yes_or_no,
    "opens_on": _in_quotes,
    "last_screen": _in_quotes,
    "country": _word(("", *COUNTRIES)),
    "language": _word(("", *LANGUAGES)),
    "week_start": _word(("", *WEEK_STARTS)),
    "welcome": _yes_or_no,
    "drop_folder": _own_folder,
}

_SAVING = threading.Lock()
"""Settings are saved one after the other: each reads what the one before has written."""


def read_user_settings(home: Path) -> UserSettings:
    """Return the settings of a data folder. A file or line that cannot be used is left out and named in `problems`."""
    text, problems = _file_text(home)
    try:
        written = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        written, problems = (
            {},
            [*problems, translated("{file} cannot be read: {error}. 'shopper settings edit' opens it.", file=home / FILE, error=error)],
        )
    found = UserSettings()
    for name, value in written.items():
        if name in TABLES and isinstance(value, dict):
            texts = {key: text for key, text in value.items() if isinstance(text, str)}
            problems += [
                translated("{name} is not text. Put it in quotation marks.", name=f"{name}.{key}") for key in value if key not in texts
            ]
            found = found.with_table(name, texts)
        else:
            found = _with_value(found, name, value, home, problems)
    for name in SIMPLE:
        given = os.environ.get(f"SHOPPER_{name.upper()}")
        if given is not None:
            found = _with_value(found, name, given, home, problems)
    return replace(found, problems=tuple(problems))


def drop_folder(home: Path, found: UserSettings) -> Path:
    """Return the watched folder of a data folder: the one that the user chose, else `drop` in it."""
    return Path(found.drop_folder).expanduser() if found.drop_folder else home.expanduser() / "drop"


def chosen_language(home: Path) -> str:
    """Return the language that the user chose, else the system's."""
    given = os.environ.get("SHOPPER_LANGUAGE")
    if given is None and not (home / FILE).is_file():
        return system_language()
    return read_user_settings(home).language or system_language()


def save_setting(home: Path, name: str, value: str | None) -> UserSettings:
    """Change a setting, or remove it with None, and return the settings now in force.

    `name` is one of SIMPLE, or "keys.ACTION" or "filters.NAME". Raises InvalidInput for a name or value that cannot be used, or a file
    that cannot be read, and SettingsNotSaved when the disk does not take it; the file is then unchanged.
    """
    table, dot, entry = name.partition(".")
    if not (dot and table in TABLES and entry) and name not in SIMPLE:
        near = get_close_matches(name, [*SIMPLE, *(f"{each}." for each in TABLES)], n=2, cutoff=0.5)
        raise InvalidInput(_unknown(name, near))
    checked = None if value is None else checked_setting(name, value, home) if name in SIMPLE else value
    with _SAVING:
        _save(home, table if dot else "", entry if dot else name, checked)
    return read_user_settings(home)


def _save(home: Path, table: str, name: str, value: Any) -> None:
    text, problems = _file_text(home)
    if not problems:
        try:
            tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            problems = [translated("{file} cannot be read: {error}. 'shopper settings edit' opens it.", file=home / FILE, error=error)]
    if problems:
        raise InvalidInput(problems[0])  # already translated
    changed = _with_line(text, table, name, value)
    try:
        tomllib.loads(changed)
    except tomllib.TOMLDecodeError as error:
        raise InvalidInput(
            translated(
                "'{name}' cannot be stored: {error}. 'shopper settings edit' opens {file}.", name=name[:40], error=error, file=home / FILE
            )
        ) from error
    _write(home, changed)


def _unknown(name: str, near: Sequence[str]) -> str:
    names = ", ".join(SIMPLE)
    hint = (
        translated("Did you mean {words}?", words=any_of(near))
        if near
        else translated("There are: {names}, keys.ACTION and filters.NAME.", names=names)
    )
    return translated("There is no setting '{name}'. {hint}", name=name[:40], hint=hint)


def checked_setting(name: str, value: Any, home: Path | None) -> Any:
    """Return the value of a simple setting as it is stored in a data folder.

    Raises InvalidInput, which names the setting and what is allowed.
    """
    try:
        checked = _READERS[name](value)
        if name == "drop_folder" and checked and home is not None:
            _refuse_data_folder(Path(checked).expanduser().resolve(), home)
    except InvalidInput as error:
        raise InvalidInput(
            translated("'{value}' is not a value of {name}. {error}", value=str(value)[:40], name=name, error=error)
        ) from error
    return checked


def _with_value(found: UserSettings, name: str, value: Any, home: Path, problems: list[str]) -> UserSettings:
    if name not in SIMPLE:
        near = get_close_matches(name, SIMPLE, n=1)
        problems.append(_unknown(name, near))
        return found
    try:
        return replace(found, **{name: checked_setting(name, value, home)})
    except InvalidInput as error:
        problems.append(str(error))
        return found


def _file_text(home: Path) -> tuple[str, list[str]]:
    try:
        return (home / FILE).read_text(encoding="utf-8"), []
    except FileNotFoundError:
        return "", []
    except (OSError, UnicodeDecodeError) as error:
        return "", [translated("{file} cannot be read: {error}.", file=home / FILE, error=error)]


def _with_line(text: str, table: str, name: str, value: Any) -> str:
    """Return the file with one line of a table changed, added or removed; table "" is the part before the first one."""
    key = name if re.fullmatch(r"[A-Za-z0-9_-]+", name) else json.dumps(name, ensure_ascii=False)
    line = None if value is None else f"{key} = {json.dumps(value, ensure_ascii=False)}"
    kept, inside, end, lines = [], "", None, text.splitlines()
    for old in lines:
        head = _HEAD.match(old)
        inside = head[1] if head else inside
        found = _LINE.match(old)
        if inside == table and found and name in (found[1], found[2]):
            if line is not None:
                kept.append(line)
            line = None
            continue
        kept.append(old)
        if inside == table and old.strip():
            end = len(kept)
    if line is not None:
        if end is not None:
            kept.insert(end, line)
        elif table:
            kept += ["", f"[{table}]", line] if kept else [f"[{table}]", line]
        else:
            kept = [line, *([""] if kept else []), *kept]
    return "\n".join(kept) + "\n" if kept else ""


def _write(home: Path, text: str) -> None:
    made = home / f".{FILE}.new"
    try:
        make_private(home)
        made.unlink(missing_ok=True)
        with os.fdopen(os.open(made, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        made.replace(home / FILE)
    except OSError as error:
        with suppress(OSError):
            made.unlink(missing_ok=True)
        raise SettingsNotSaved(
            translated("The settings were not saved: {reason}. {file} is unchanged.", reason=reason_of(error), file=home / FILE)
        ) from error
