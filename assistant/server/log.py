"""The log of the server: four files of a megabyte in the data folder, without personal data.

What is logged names kinds, places in the code and counts, never texts. As a second guard, everything that looks like a token, a pairing
code, an order number, a customer id or a mail address is masked.
"""

import logging
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path

from assistant.locations import make_private

FOLDER, FILE = "log", "shopper.log"
_BYTES, _OLDER = 1_000_000, 3
_FORM = "%(asctime)s %(levelname)s %(message)s"
_PERSONAL = re.compile(
    r"[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64}){1,6}"  # a mail address
    r"|\b[0-9A-Z]\d{2}-\d{7}-\d{7}\b"  # an order number
    r"|\bA[0-9A-Z]{9,20}\b"  # a customer id
    r"|\b\d{4}[- ]?\d{4}\b"  # a pairing code
    r"|(?<![\w/.-])(?=[\w-]*\d)[\w-]{20,}"  # a token or a key
)


class PersonalDataFilter(logging.Filter):
    """Masks text that looks personal in every record."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Replace the message by its masked form."""
        record.msg, record.args = _PERSONAL.sub("***", record.getMessage()), ()
        return True


class _PrivateFile(RotatingFileHandler):
    """A rotating log file that only its owner can read."""

    def _open(self) -> TextIOWrapper:
        flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | getattr(os, "O_NOFOLLOW", 0)
        return os.fdopen(os.open(self.baseFilename, flags, 0o600), "a", encoding="utf-8", errors="replace")


@contextmanager
def logging_to(home: Path) -> Iterator[None]:
    """Write the log of the server into this data folder during the block; without a log if the folder cannot be written."""
    logger = logging.getLogger("assistant")
    try:
        make_private(home / FOLDER)
        handler = _PrivateFile(home / FOLDER / FILE, maxBytes=_BYTES, backupCount=_OLDER)
    except OSError:
        yield
        return
    handler.setFormatter(logging.Formatter(_FORM))
    handler.addFilter(PersonalDataFilter())
    before = logger.level
    logger.setLevel(logging.INFO)
    logger.addHandler(handler)
    try:
        yield
    finally:
        logger.removeHandler(handler)
        logger.setLevel(before)
        handler.close()
