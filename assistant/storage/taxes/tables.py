"""The tables of tax years, receipts and business purposes. What a person decides is changed through session objects, so undo works.

Receipts belong to an order number, not to a row of an order: they stay when an order is removed and imported again.
"""

from typing import Any

from sqlalchemy import JSON, Column, LargeBinary, UniqueConstraint
from sqlmodel import Field, SQLModel


class TaxYearRow(SQLModel, table=True):
    """A form and year that a person set up. `accounts` are ids; `locked` is the filled form as JSON text while the year is locked."""

    __tablename__ = "tax_years"
    form: str = Field(primary_key=True)
    year: str = Field(primary_key=True)
    accounts: list[int] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    settings: dict[str, str] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    locked: str | None = None
    locked_at: str | None = None
    reason: str = ""


class TaxCategoryRow(SQLModel, table=True):
    """The line, by key, that a person chose for a category of a form."""

    __tablename__ = "tax_categories"
    form: str = Field(primary_key=True)
    category: str = Field(primary_key=True)
    key: str
    why: str = ""


class TaxExportRow(SQLModel, table=True):
    """A numbered export or correction. Rows are only added, and never undone; `files` are the files of the pack, zlib.

    `filled` is the form as JSON text, `differences` what changed since the number before.
    """

    __tablename__ = "tax_exports"
    __table_args__ = (UniqueConstraint("form", "year", "number"),)
    id: int | None = Field(default=None, primary_key=True)
    form: str
    year: str
    number: int
    kind: str
    at: str
    why: str = ""
    filled: str
    differences: list[dict[str, Any]] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    files: bytes | None = Field(default=None, sa_column=Column(LargeBinary, nullable=True))


class ReceiptRow(SQLModel, table=True):
    """A receipt file by its SHA-256; `path` is where it is, `problem` why it cannot be shown as pages, "" if it can."""

    __tablename__ = "receipts"
    sha256: str = Field(primary_key=True)
    name: str
    path: str
    media_type: str
    size: int
    added_at: str
    problem: str = ""


class ReceiptLinkRow(SQLModel, table=True):
    """A receipt of an order, or of one of its items (`item` is its key, 0 for the whole order)."""

    __tablename__ = "receipt_links"
    number: str = Field(primary_key=True)
    item: int = Field(primary_key=True, default=0)
    sha256: str = Field(primary_key=True, foreign_key="receipts.sha256")


class BusinessPurposeRow(SQLModel, table=True):
    """Why things are bought for the business: for a seller, a category or an order."""

    __tablename__ = "business_purposes"
    scope: str = Field(primary_key=True)
    value: str = Field(primary_key=True)
    text: str
