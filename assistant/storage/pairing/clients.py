"""Paired clients, the open pairing code and the server's own identity, as rows. Tokens and keys are stored as hashes only."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlmodel import Session, col

from assistant.domain.pairing import Client, OpenCode, Scope, ServerIdentity
from assistant.storage.pairing.tables import ClientRow, PairingRow, ServerRow


def clients_by_hash(session: Session, machine: str) -> list[tuple[str, Client]]:
    """Return every client ever paired on a machine with the hash of its token or key, oldest first."""
    here = select(ClientRow).where(col(ClientRow.machine) == machine)
    rows = session.scalars(here.order_by(col(ClientRow.created_at), col(ClientRow.id)))
    return [(row.token_hash, _client(row)) for row in rows]


def client_by_id(session: Session, machine: str, client_id: str) -> Client | None:
    """Return the client with this id if it was paired on this machine."""
    row = session.get(ClientRow, client_id)
    return _client(row) if row is not None and row.machine == machine else None


def add_client(session: Session, machine: str, client: Client, token_hash: str) -> None:
    """Insert a new client."""
    row = ClientRow(
        id=client.id,
        name=client.name,
        token_hash=token_hash,
        origin=client.origin,
        created_at=client.created_at.isoformat(),
        account_id=client.account_id,
        machine=machine,
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


def server_identity(session: Session, machine: str, make: Callable[[], ServerIdentity]) -> ServerIdentity:
    """Return the identity of this ledger's server on a machine; the first call creates it with `make` (within a writing transaction)."""
    if machine:
        _take_over(session, machine)
    row = session.get(ServerRow, machine)
    if row is None:
        made = make()
        row = ServerRow(machine=machine, server_id=made.server_id, proof_key=made.proof_key)
        session.add(row)
        session.flush()
    return ServerIdentity(server_id=row.server_id, proof_key=row.proof_key)


def _take_over(session: Session, machine: str) -> None:
    """Give rows that an earlier version shared between all machines to the first machine; browsers of the others must pair again."""
    for table in (ServerRow, ClientRow):
        session.execute(update(table).where(col(table.machine) == "").values(machine=machine))


def open_code(session: Session, machine: str) -> OpenCode | None:
    """Return the pairing code that is open on a machine."""
    row = session.get(PairingRow, machine)
    if row is None:
        return None
    return OpenCode(
        sealed=row.sealed_code,
        expires_at=datetime.fromisoformat(row.expires_at),
        tries_left=row.tries_left,
        account_id=row.account_id,
    )


def keep_code(session: Session, machine: str, code: OpenCode) -> None:
    """Store the open pairing code of a machine, replacing an earlier one."""
    close_code(session, machine)
    row = PairingRow(
        machine=machine,
        sealed_code=code.sealed,
        expires_at=code.expires_at.isoformat(),
        tries_left=code.tries_left,
        account_id=code.account_id,
    )
    session.add(row)
    session.flush()


def close_code(session: Session, machine: str) -> None:
    """Delete the open pairing code of a machine, if any."""
    session.execute(delete(PairingRow).where(col(PairingRow.machine) == machine))
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
