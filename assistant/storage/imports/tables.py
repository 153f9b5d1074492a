"""Tables beside the orders: pages kept to be read again, and the payment history, joined to orders by their numbers."""

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel


class TransactionRow(SQLModel, table=True):
    """A line of an account's payment history; `key` identifies the line across pages (`domain.books.charges`)."""

    __tablename__ = "transactions"
    __table_args__ = (UniqueConstraint("account_id", "key"),)
    id: int | None = Field(default=None, primary_key=True)
    account_id: int = Field(foreign_key="accounts.id")
    key: str
    on: str | None = None
    currency: str | None = None
    amount: int | None = None
    method: str | None = None
    last4: str | None = None
    status: str | None = None
    descriptor: str | None = None
    document_id: int = Field(foreign_key="documents.id", index=True)


class TransactionOrderRow(SQLModel, table=True):
    """An order that a line of the payment history names, at its place among those named."""

    __tablename__ = "transaction_orders"
    transaction_id: int = Field(primary_key=True, foreign_key="transactions.id", ondelete="CASCADE")
    position: int = Field(primary_key=True)
    number: str = Field(index=True)


class PageRow(SQLModel, table=True):
    """A page to read again later (`services.imports.kept_pages`): redacted, zlib; `reader` is the version that read it last."""

    __tablename__ = "pages"
    document_id: int = Field(primary_key=True, foreign_key="documents.id", ondelete="CASCADE")
    reader: str
    content: bytes
