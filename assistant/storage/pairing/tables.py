"""Tables of paired clients, the open pairing code and the server's identity.

`machine` is "" in a file. In PostgreSQL each machine has its own clients, code and identity: a token of one is worth nothing on another.
"""

from sqlalchemy import JSON, Column
from sqlmodel import Field, SQLModel


class ClientRow(SQLModel, table=True):
    """A paired client: the SHA-256 of its token or of the key of its sealed link, never the secrets themselves."""

    __tablename__ = "clients"
    id: str = Field(primary_key=True)
    name: str
    token_hash: str = Field(unique=True)
    origin: str | None = None
    scopes: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    created_at: str
    last_used_at: str | None = None
    revoked_at: str | None = None
    account_id: int | None = None
    machine: str = Field(default="", index=True)


class PairingRow(SQLModel, table=True):
    """The one pairing code that may be open on a machine: sealed, few tries, short-lived."""

    __tablename__ = "pairing"
    machine: str = Field(default="", primary_key=True)
    sealed_code: str
    expires_at: str
    tries_left: int
    account_id: int | None = None


class ServerRow(SQLModel, table=True):
    """The identity of the server of this ledger on a machine: its id and proof key."""

    __tablename__ = "server"
    machine: str = Field(default="", primary_key=True)
    server_id: str
    proof_key: str
