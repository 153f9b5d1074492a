"""Paths that the user types: completed while typed, expanded, and written to."""

import os
from pathlib import Path

from assistant.domain.errors import InvalidInput
from assistant.domain.languages.system_errors import reason_of
from assistant.domain.languages.translating import translated

_MOST = 200
_DRAFT_NAME = 50


def expanded(text: str) -> Path:
    """Return the typed path without quotes and surrounding space, with "~" expanded and "file://" understood."""
    meant = text.strip().strip("'\"").removeprefix("file://").replace("\\ ", " ")
    return Path(os.path.expanduser(meant))  # noqa: PTH111  # Path.expanduser raises for an unknown user


def without_prefix(text: str) -> str:
    """Return what was pasted after an initial "~/" if it is a whole path, without quotes around it; else the unchanged text."""
    pasted = text.removeprefix("~/")
    whole = pasted if pasted != text and pasted.startswith(("/", "~", "'", '"', "file:")) else text
    quoted = whole.strip()
    return quoted[1:-1] if len(quoted) > 2 and quoted[0] == quoted[-1] and quoted[0] in "'\"" else whole  # noqa: PLR2004  # two quotes


def pasted_path(pasted: str, line: str) -> str:
    """Return a whole path that is pasted into a line, without quotes; "" if it is a piece that belongs to what is there."""
    lines = pasted.strip().splitlines()
    if not lines or not lines[0].startswith(("/", "~/", "'", '"', "file:")):
        return ""
    if lines[0].startswith("/") and expanded(f"{line}{lines[0]}").exists() and line.rstrip("/") not in ("", "~"):
        return ""
    return without_prefix(lines[0].strip())


def completions(text: str) -> list[str]:
    """Return completions of the typed text, folders first and with a slash; [] if nothing can be listed."""
    folder_text, slash, start = text.rpartition("/")
    folder = expanded(folder_text + slash) if slash else Path.cwd()
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: (not _is_folder(entry), entry.name.casefold()))
    except OSError:
        return []
    fitting = (entry for entry in entries if _fits(entry.name, start))
    return [f"{folder_text}{slash}{entry.name}{'/' if _is_folder(entry) else ''}" for entry, _ in zip(fitting, range(_MOST), strict=False)]


def _is_folder(entry: "os.DirEntry[str]") -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False


def _fits(name: str, start: str) -> bool:
    return name.casefold().startswith(start.casefold()) and (start.startswith(".") or not name.startswith("."))


def common_start(names: list[str]) -> str:
    """Return the beginning that all names share."""
    start = min(names, key=len, default="")
    while not all(name.startswith(start) for name in names):
        start = start[:-1]
    return start


def write_file(path: Path, content: bytes) -> None:
    """Write a whole file or none. Raises InvalidInput if that is not possible."""
    try:
        if path.exists() and not path.is_file():
            # A pipe or device is written to, never replaced; a folder is an error.
            path.write_bytes(content)
            return
        target = path.resolve()
        draft = target.with_name(f".{target.name[:_DRAFT_NAME]}.part")
        try:
            draft.write_bytes(content)
            draft.replace(target)
        finally:
            draft.unlink(missing_ok=True)
    except OSError as error:
        raise InvalidInput(
            translated("The file '{name}' cannot be written: {reason}. Choose another folder.", name=path.name, reason=reason_of(error))
        ) from error
