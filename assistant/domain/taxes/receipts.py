"""Receipts: what is wrong with a file that was attached."""

from enum import StrEnum


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
    ReceiptProblem.ENCRYPTED: "is encrypted with a password",
    ReceiptProblem.DAMAGED: "is damaged",
    ReceiptProblem.TOO_LARGE: "has too many pages or pixels to be shown",
    ReceiptProblem.NO_PAGES: "is not a PDF, an image, a mail or text",
}
