"""Paired clients, the open pairing code and the server's own proof, as rows. Tokens and codes are only here as hashes."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlmodel import Session, col

from assistant.domain.pairing import Client, Scope
from assistant.storage.pairing.tables import ClientRow, PairingRow, ServerRow

ONLY = 1
"""The id of the one row that `pairing` and `server` may hold."""


def clients_by_hash(session: Session) -> list[tuple[str, Client]]:
    """Return every client ever paired with the hash of its token, oldest first."""
    rows = session.scalars(select(ClientRow).order_by(col(ClientRow.created_at), col(ClientRow.id)))
    return [(row.token_hash, client_of(row)) for row in rows]


def client_of(row: ClientRow) -> Client:
    """Return the client that a row describes."""
    return Client(
        id=row.id,
        name=row.name,
        scopes=tuple(Scope(scope) for scope in row.scopes),
        origin=row.origin,
        created_at=datetime.fromisoformat(row.created_at),
        last_used_at=_instant(row.last_used_at),
        revoked_at=_instant(row.revoked_at),
    )


def add_client(session: Session, client: Client, token_hash: str) -> None:
    """Keep a new client."""
    row = ClientRow(id=client.id, name=client.name, token_hash=token_hash, origin=client.origin, created_at=client.created_at.isoformat())
    row.scopes = [scope.value for scope in client.scopes]
    session.add(row)
    session.flush()


def note_use(session: Session, client_id: str, at: datetime) -> None:
    """Remember when a client was last heard."""
    session.execute(update(ClientRow).where(col(ClientRow.id) == client_id).values(last_used_at=at.isoformat()))


def forget_clients(session: Session, ids: list[str]) -> None:
    """Delete clients."""
    session.execute(delete(ClientRow).where(col(ClientRow.id).in_(ids)))


def server_row(session: Session, make: Callable[[], ServerRow]) -> ServerRow:
    """Return who this ledger's server is, made by `make` the first time (within a writing transaction)."""
    row = session.get(ServerRow, ONLY)
    if row is None:
        row = make()
        session.add(row)
        session.flush()
    return row


def open_code(session: Session) -> PairingRow | None:
    """Return the pairing code that is open."""
    return session.get(PairingRow, ONLY)


def close_code(session: Session) -> None:
    """Burn the pairing code that is open, if any."""
    session.execute(delete(PairingRow))
    session.expire_all()


def _instant(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)
