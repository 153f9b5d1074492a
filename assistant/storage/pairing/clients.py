"""Paired clients, the open pairing code and the server's own identity, as rows. Tokens and keys are stored as hashes only."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlmodel import Session, col

from assistant.domain.pairing import Client, OpenCode, Scope, ServerIdentity
from assistant.storage.pairing.tables import ClientRow, PairingRow, ServerRow

ONLY = 1
"""The id of the only row of `pairing` and of `server`."""


def clients_by_hash(session: Session) -> list[tuple[str, Client]]:
    """Return every client ever paired with the hash of its token or key, oldest first."""
    rows = session.scalars(select(ClientRow).order_by(col(ClientRow.created_at), col(ClientRow.id)))
    return [(row.token_hash, _client(row)) for row in rows]


def client_by_id(session: Session, client_id: str) -> Client | None:
    """Return the client with this id."""
    row = session.get(ClientRow, client_id)
    return _client(row) if row is not None else None


def add_client(session: Session, client: Client, token_hash: str) -> None:
    """Insert a new client."""
    row = ClientRow(
        id=client.id,
        name=client.name,
        token_hash=token_hash,
        origin=client.origin,
        created_at=client.created_at.isoformat(),
        account_id=client.account_id,
    )
    row.scopes = [scope.value for scope in client.scopes]
    session.add(row)
    session.flush()


def note_use(session: Session, client_id: str, at: datetime) -> None:
    """Store when a client last sent a request."""
    session.execute(update(ClientRow).where(col(ClientRow.id) == client_id).values(last_used_at=at.isoformat()))


def revoke_client(session: Session, client_id: str, at: datetime) -> None:
    """Store when a client's access was revoked."""
    session.execute(update(ClientRow).where(col(ClientRow.id) == client_id).values(revoked_at=at.isoformat()))


def forget_clients(session: Session, ids: list[str]) -> None:
    """Delete clients."""
    session.execute(delete(ClientRow).where(col(ClientRow.id).in_(ids)))


def server_identity(session: Session, make: Callable[[], ServerIdentity]) -> ServerIdentity:
    """Return the identity of this ledger's server; the first call creates it with `make` (within a writing transaction)."""
    row = session.get(ServerRow, ONLY)
    if row is None:
        made = make()
        row = ServerRow(server_id=made.server_id, proof_key=made.proof_key)
        session.add(row)
        session.flush()
    return ServerIdentity(server_id=row.server_id, proof_key=row.proof_key)


def open_code(session: Session) -> OpenCode | None:
    """Return the pairing code that is open."""
    row = session.get(PairingRow, ONLY)
    if row is None:
        return None
    return OpenCode(
        sealed=row.sealed_code,
        expires_at=datetime.fromisoformat(row.expires_at),
        tries_left=row.tries_left,
        account_id=row.account_id,
    )


def keep_code(session: Session, code: OpenCode) -> None:
    """Store the open pairing code, replacing an earlier one."""
    close_code(session)
    row = PairingRow(
        sealed_code=code.sealed, expires_at=code.expires_at.isoformat(), tries_left=code.tries_left, account_id=code.account_id
    )
    session.add(row)
    session.flush()


def close_code(session: Session) -> None:
    """Delete the open pairing code, if any."""
    session.execute(delete(PairingRow))
    session.expire_all()


def _client(row: ClientRow) -> Client:
    return Client(
        id=row.id,
        name=row.name,
        scopes=tuple(Scope(scope) for scope in row.scopes),
        origin=row.origin,
        created_at=datetime.fromisoformat(row.created_at),
        last_used_at=_instant(row.last_used_at),
        revoked_at=_instant(row.revoked_at),
        account_id=row.account_id,
    )


def _instant(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)
