"""Why the operating system refused a file, in the reader's language."""

from assistant.domain.languages.sentences import Sentence, sentence_of
from assistant.domain.languages.translating import to_translate

REASONS = (
    to_translate("No such file or directory"),
    to_translate("Permission denied"),
    to_translate("Operation not permitted"),
    to_translate("No space left on device"),
    to_translate("Disk quota exceeded"),
    to_translate("Read-only file system"),
    to_translate("Is a directory"),
    to_translate("Not a directory"),
    to_translate("Directory not empty"),
    to_translate("File exists"),
    to_translate("File name too long"),
    to_translate("Too many open files"),
    to_translate("Too many levels of symbolic links"),
    to_translate("Device or resource busy"),
    to_translate("Text file busy"),
    to_translate("Input/output error"),
    to_translate("Bad file descriptor"),
)
"""What Linux and macOS say. What is not here is shown as the system says it."""


def reason_of(error: BaseException) -> Sentence:
    """Return why the system refused: what it says itself, else the error's own text, else its type."""
    return sentence_of(getattr(error, "strerror", None) or str(error) or type(error).__name__)
