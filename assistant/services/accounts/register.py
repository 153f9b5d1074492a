"""The register of accounts: add, edit, link a customer id that a browser has shown."""

import re
from dataclasses import fields
from datetime import date

from sqlmodel import Session

from assistant.domain.accounts.account import COLOURS, LOOKS, SYMBOLS, Account, AccountChange, Identity, Purpose
from assistant.domain.clock import Clock
from assistant.domain.errors import Conflict, InvalidInput
from assistant.domain.events import EventKind
from assistant.domain.journal import Action
from assistant.domain.text import clean_text, fold
from assistant.services.imports.unassigned import take_parked
from assistant.storage.accounts import register
from assistant.storage.engine import Database
from assistant.storage.tables import AccountRow, IdentityRow

_KEY = re.compile(r"[a-z0-9][a-z0-9-]{0,19}\Z")
_LETTERS = re.compile(r"[^\W_]{2,4}\Z")
_CARD = re.compile(r"[a-z][a-z ]*/\d{4}\Z")
_CUSTOMER = re.compile(r"[A-Z0-9]{6,20}\Z")
_STATUSES = ("ok", "on_hold", "closed_by_amazon")


class Accounts:
    """What can be done with the register."""

    def __init__(self, database: Database, clock: Clock) -> None:
        """Work over an open ledger."""
        self._database = database
        self._clock = clock

    def all(self) -> list[Account]:
        """Return all accounts in the order in which they were registered."""
        with self._database.reading() as session:
            return register.accounts(session)

    def get(self, name: str) -> Account:
        """Return the account of that key or label. Raises NotFound."""
        with self._database.reading() as session:
            key = register.account_row(session, name).key
            return next(account for account in register.accounts(session) if account.key == key)

    def add(self, label: str, purpose: str = Purpose.PERSONAL, *, key: str | None = None, change: AccountChange | None = None) -> Account:
        """Register an account; what is not given is chosen so that no two accounts look alike.

        Raises InvalidInput for a bad value, Conflict for a key or letters already taken.
        """
        with self._database.writing() as work:
            row = new_account(work.session, label, purpose, self._clock().isoformat(), key=key)
            _apply(work.session, row, change or AccountChange())
            with work.step(Action.ACCOUNT_ADDED, f"Added the account '{row.label}'"):
                work.session.add(row)
                work.tell(EventKind.ACCOUNT_CHANGED, account=row.key)
            work.commit()
            return register.account_of(row, ())

    def edit(self, name: str, change: AccountChange) -> Account:
        """Change what is given. Raises NotFound, InvalidInput, Conflict."""
        with self._database.writing() as work:
            row = register.account_row(work.session, name)
            with work.step(Action.ACCOUNT_EDITED, f"Changed the account '{row.label}'"):
                _apply(work.session, row, change)
                work.session.add(row)
                work.tell(EventKind.ACCOUNT_CHANGED, account=row.key)
            work.commit()
            key = row.key
        return self.get(key)

    def link(self, name: str, customer_id: str) -> Account:
        """Say that a customer id is this account's, and take in what waited for it. Raises NotFound, InvalidInput, Conflict."""
        if not _CUSTOMER.match(customer_id):
            raise InvalidInput(f"'{customer_id[:40]}' is no customer id of Amazon's. It is letters and digits, like A1B2C3D4E5F6G7.")
        with self._database.writing() as work:
            row = register.account_row(work.session, name)
            now = self._clock().isoformat()
            identity = work.session.get(IdentityRow, customer_id) or IdentityRow(customer_id=customer_id, first_seen=now, last_seen=now)
            if identity.account_id not in (None, row.id):
                raise Conflict(f"The customer id {customer_id} already belongs to another account. Unlink it there first.")
            identity.account_id = row.id
            work.session.add(identity)
            work.session.flush()
            take_parked(work, row, customer_id)
            work.tell(EventKind.ACCOUNT_CHANGED, account=row.key)
            work.commit()
            key = row.key
        return self.get(key)

    def identities(self) -> list[Identity]:
        """Return every customer id that was seen, newest first."""
        with self._database.reading() as session:
            return register.identities(session)


def new_account(session: Session, label: str, purpose: str, created_at: str, *, key: str | None = None) -> AccountRow:
    """Return a row, not yet added, with key, colour, symbol and letters that nobody else has. Raises InvalidInput, Conflict."""
    label, purpose = clean_text(label)[:60], clean_text(purpose)[:40].lower()
    if not label or not purpose:
        raise InvalidInput("An account needs a name and a purpose, like 'Ortiz Design' and 'business'.")
    others = register.account_rows(session)
    keys = {row.key for row in others}
    if key is None:
        key = _free_key(label, keys)
    if not _KEY.match(key):
        raise InvalidInput(f"'{key[:40]}' cannot be a key. Use up to 20 small letters, digits and '-'.")
    if key in keys:
        raise Conflict(f"There already is an account '{key}'. Choose another key.")
    hue, symbol = _free_look(purpose, others)
    return AccountRow(
        key=key,
        label=label,
        purpose=purpose,
        owner="me",
        home="home",
        colour=hue,
        symbol=symbol,
        letters=_free_letters(label, {row.letters for row in others}),
        business=purpose == Purpose.BUSINESS,
        created_at=created_at,
    )


def _free_key(label: str, taken: set[str]) -> str:
    plain = re.sub(r"[^a-z0-9]+", "-", fold(label)).strip("-")[:16].strip("-") or "account"
    return next(key for key in (plain, *(f"{plain}-{number}" for number in range(2, 1000))) if key not in taken)


def _free_look(purpose: str, others: list[AccountRow]) -> tuple[str, str]:
    used = {(row.colour, row.symbol) for row in others}
    hues, symbols = {row.colour for row in others}, {row.symbol for row in others}
    wanted = LOOKS.get(Purpose(purpose)) if purpose in list(Purpose) else None
    if wanted and wanted not in used and wanted[0] not in hues:
        return wanted
    free = [(hue.name, symbol) for hue in COLOURS for symbol in SYMBOLS if (hue.name, symbol) not in used]
    return min(free, key=lambda look: (look[0] in hues, look[1] in symbols), default=("charcoal", "◗"))


def _free_letters(label: str, taken: set[str]) -> str:
    words = [word for word in re.split(r"[\W_]+", label) if word]
    signs = "".join(words).upper() or "AC"
    initials = "".join(word[0] for word in words).upper()
    wishes = [initials[:4]] if len(initials) > 1 else []
    wishes += [signs[:3], signs[:2], signs[:4], *(f"{signs[:2]}{number}" for number in range(2, 100))]
    return next(wish for wish in wishes if _LETTERS.match(wish) and wish not in taken)


def _apply(session: Session, row: AccountRow, change: AccountChange) -> None:
    for field in fields(change):
        value = getattr(change, field.name)
        if value is not None:
            setattr(row, field.name, list(map(clean_text, value)) if isinstance(value, tuple) else value)
    row.label, row.letters = clean_text(row.label)[:60], row.letters.upper()
    row.cards = [card.lower() for card in row.cards]
    row.closed_at, row.notice = row.closed_at or None, clean_text(row.notice or "") or None
    _check(row)
    for other in register.account_rows(session):
        if other.id != row.id and other.letters == row.letters:
            raise Conflict(f"The letters '{row.letters}' belong to '{other.label}'. Two accounts never look alike; choose others.")
        if other.id != row.id and (other.colour, other.symbol) == (row.colour, row.symbol):
            raise Conflict(f"'{other.label}' already is {row.colour} {row.symbol}. Choose another colour or symbol.")


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _check(row: AccountRow) -> None:
    problems = {
        "name": (bool(row.label), "give it at least one letter"),
        "letters": (bool(_LETTERS.match(row.letters)), "use 2 to 4 letters or digits"),
        "colour": (row.colour in {hue.name for hue in COLOURS}, f"one of {', '.join(hue.name for hue in COLOURS)}"),
        "symbol": (row.symbol in SYMBOLS, f"one of {' '.join(SYMBOLS)}"),
        "status": (row.status in _STATUSES, f"one of {', '.join(_STATUSES)}"),
        "closing day": (row.closed_at is None or _is_day(row.closed_at), "write it like 2026-03-02"),
        "card": (all(_CARD.match(card) for card in row.cards), "write network and last four digits, like visa/1234"),
        "address": (all("/" in address for address in row.addresses), "write a name and the postcode, like home/78704"),
    }
    for what, (fine, advice) in problems.items():
        if not fine:
            raise InvalidInput(f"The {what} of an account cannot be that: {advice}.")
