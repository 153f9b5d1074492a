"""Tables of paired clients, the open pairing code and the server's identity."""

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


class PairingRow(SQLModel, table=True):
    """The one pairing code that may be open (id is always 1): sealed, few tries, short-lived."""

    __tablename__ = "pairing"
    id: int = Field(default=1, primary_key=True)
    sealed_code: str
    expires_at: str
    tries_left: int
    account_id: int | None = None


class ServerRow(SQLModel, table=True):
    """The identity of this ledger's server (id is always 1): its id and proof key."""

    __tablename__ = "server"
    id: int = Field(default=1, primary_key=True)
    server_id: str
    proof_key: str
