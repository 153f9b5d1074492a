"""Receipts: what is wrong with a file that was attached."""

from enum import StrEnum

from assistant.domain.languages.translating import to_translate


class ReceiptState(StrEnum):
    """Whether the file of a receipt is unchanged since it was attached."""

    THERE = "there"
    CHANGED = "changed"
    GONE = "gone"


class ReceiptProblem(StrEnum):
    """Why a receipt cannot be shown as pages."""

    ENCRYPTED = "encrypted"
    DAMAGED = "damaged"
    TOO_LARGE = "too_large"
    NO_PAGES = "no_pages"

    @property
    def said(self) -> str:
        """The problem as the end of a sentence: "this file is damaged"."""
        return _SAID[self]


_SAID = {
    ReceiptProblem.ENCRYPTED: to_translate("is encrypted with a password"),
    ReceiptProblem.DAMAGED: to_translate("is damaged"),
    ReceiptProblem.TOO_LARGE: to_translate("has too many pages or pixels to be shown"),
    ReceiptProblem.NO_PAGES: to_translate("is not a PDF, an image, a mail or text"),
}
