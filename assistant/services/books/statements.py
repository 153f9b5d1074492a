"""Statements of cards: import them, match their lines to charges and refunds, decide what stays open, close months."""

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from assistant.domain.accounts.cards import read_card
from assistant.domain.books.statements.card_charges import CardCharge, LineState, MatchedLine, StatementMatches
from assistant.domain.books.statements.matching import match
from assistant.domain.books.statements.months import MonthState, StatementMonth, months
from assistant.domain.books.statements.statement_lines import CardLine, StatementDays, StatementImport, StatementLine, distinct_lines
from assistant.domain.clock import Clock, today_of
from assistant.domain.errors import InvalidInput, NotFound
from assistant.domain.journal import Action
from assistant.domain.languages.sentences import Sentence, sentence_of
from assistant.domain.languages.translating import all_of, translated
from assistant.domain.money import Money
from assistant.domain.text import file_name
from assistant.importers.statements.read_statement import ColumnProfile, ReadStatement, UnknownCurrency
from assistant.importers.statements.statement_files import read_statement, read_statement_file
from assistant.storage.books import statements as storage
from assistant.storage.books.statements import KeptStatement
from assistant.storage.engine import Database
from assistant.storage.unit_of_work import Session

_BEFORE, _AFTER = timedelta(days=50), timedelta(days=5)
"""Days around the lines of statements on which their charges may be."""
_ENOUGH = 2


class Statements:
    """Imports statements and matches them."""

    def __init__(self, database: Database, clock: Clock) -> None:
        """Work over an open ledger."""
        self._database = database
        self._clock = clock

    def import_file(
        self, path: Path, *, card: str | None = None, wanted: ColumnProfile | None = None, every_line: bool = False, dry_run: bool = False
    ) -> StatementImport:
        """Import one file; only lines about Amazon are kept unless `every_line`. Importing it again changes nothing.

        `dry_run` returns the same and stores nothing.

        Raises UnknownColumns for a CSV file whose columns must be named, UnknownFormat and InvalidInput for a file that cannot be
        read, InvalidInput for an unknown or another card.
        """
        return self.import_bytes(path.name, read_statement_file(path), card=card, wanted=wanted, every_line=every_line, dry_run=dry_run)

    def import_bytes(
        self,
        name: str,
        content: bytes,
        *,
        card: str | None = None,
        wanted: ColumnProfile | None = None,
        every_line: bool = False,
        dry_run: bool = False,
    ) -> StatementImport:
        """Import an uploaded file, like `import_file`."""
        shown = file_name(name)
        with self._database.writing() as work:
            session = work.session
            known = {header: _profile(columns) for header, columns in storage.profiles(session).items()}
            read = _statement_in(session, shown, content, wanted or ColumnProfile(), known)
            named = _card(session, shown, read, card)
            digest = hashlib.sha256(content).hexdigest()
            before = _lines(session, named)
            again = storage.has_statement(session, digest, named)
            kept = _kept(shown, named, read, every_line=every_line)
            if not again:
                with work.step(Action.STATEMENT_IMPORTED, sentence_of("Imported the statement '{name}' of {card}", name=shown, card=named)):
                    storage.keep_statement(session, kept, digest, work.now().isoformat())
                    if read.header and read.profile:
                        storage.keep_profile(session, read.header, storage.profile_columns(read.profile))
            found = [line for line in matches_of(session).lines if line.entry.card == named]
            states = [line.state for line in found if _within(line, kept)]
            if not again and len(states) >= _ENOUGH and set(states) == {LineState.UNMATCHED}:
                _refuse_other_card(session, kept)
            if not dry_run:
                work.commit()
        return StatementImport(
            name=shown,
            card=named,
            lines=len(kept.lines),
            new=len(found) - len(before),
            others=kept.others,
            matched=states.count(LineState.MATCHED),
            tied=states.count(LineState.TIED),
            unmatched=states.count(LineState.UNMATCHED),
            again=again,
        )

    def statements(self) -> list[KeptStatement]:
        """Return all statements in the order of their import."""
        with self._database.reading() as session:
            return storage.statements(session)

    def matches(self) -> StatementMatches:
        """Return what every line pays for, and the charges that no statement has."""
        with self._database.reading() as session:
            return matches_of(session)

    def months(self) -> list[StatementMonth]:
        """Return the months of every card, the newest first, with what changed in closed ones."""
        with self._database.reading() as session:
            return months_of(session)

    def close_months(self) -> list[StatementMonth]:
        """Close every month whose lines and charges are all matched; return those that were closed now."""
        with self._database.writing() as work:
            complete = [month for month in months_of(work.session) if month.state is MonthState.COMPLETE]
            if complete:
                months = tuple(sentence_of("{month} of {card}", month=month.month, card=month.card) for month in complete)
                with work.step(Action.MONTH_CLOSED, sentence_of("Closed {months}", months=months)):
                    for month in complete:
                        _close(work.session, month, self._today)
                work.commit()
        return complete

    def accept_changes(self, card: str, month: str) -> StatementMonth:
        """Close a changed month in its present state. Raises NotFound for a month that is not closed."""
        with self._database.writing() as work:
            found = next((entry for entry in months_of(work.session) if (entry.card, entry.month) == (card, month)), None)
            if found is None or found.state not in {MonthState.CHANGED, MonthState.CLOSED}:
                raise NotFound(
                    translated("{month} of {card} is not closed. 'shopper statements' lists the months.", month=month[:10], card=card[:30])
                )
            with work.step(Action.MONTH_CLOSED, sentence_of("Closed {month} of {card} again", month=month, card=card)):
                _close(work.session, found, self._today)
            work.commit()
        return replace(found, state=MonthState.CLOSED, changes=())

    def decide(self, line: str, entries: Sequence[str]) -> MatchedLine:
        """Decide which entries a line pays for; none if it is not a purchase. Raises NotFound, InvalidInput for a sum that differs."""
        with self._database.writing() as work:
            session = work.session
            found = _card_line(session, line)
            named = _charges(session)
            unknown = next((entry for entry in entries if entry not in {charge.entry for charge in named}), None)
            if unknown is not None:
                raise NotFound(
                    translated(
                        "There is no entry '{unknown}' near this line. 'shopper books --json' shows their ids.", unknown=unknown[:40]
                    )
                )
            chosen = [charge for charge in named if charge.entry in set(entries)]
            _check_sum(found.line, chosen)
            what = sentence_of("Decided that {line} is no purchase", line=_line_words(found))
            if chosen:
                numbers = tuple(sorted({charge.number for charge in chosen}))
                what = sentence_of("Decided that {line} pays for {numbers}", line=_line_words(found), numbers=numbers)
            with work.step(Action.STATEMENT_MATCHED, what):
                storage.decide(session, line, entries)
            work.commit()
            return next(entry for entry in matches_of(session).lines if entry.entry.id == line)

    def take_back(self, line: str) -> MatchedLine:
        """Remove the decision about a line and return it as it is now. Raises NotFound for an unknown line."""
        with self._database.writing() as work:
            found = _card_line(work.session, line)
            with work.step(Action.STATEMENT_MATCHED, sentence_of("Undid the decision about {line}", line=_line_words(found))):
                storage.decide(work.session, line, None)
            work.commit()
            return next(entry for entry in matches_of(work.session).lines if entry.entry.id == line)

    @property
    def _today(self) -> date:
        return today_of(self._clock)


def _statement_in(session: Session, name: str, content: bytes, wanted: ColumnProfile, known: Mapping[str, ColumnProfile]) -> ReadStatement:
    """Return the lines of a file. A statement without a currency has the one in which its lines match charges of the ledger."""
    try:
        return read_statement(name, content, wanted, known)
    except UnknownCurrency:
        paid = _paid_amounts(session)
        for currency in sorted(paid):
            read = read_statement(name, content, replace(wanted, currency=currency), known)
            lines = [line for line in read.lines if line.is_amazon]
            fitting = sum(-line.amount.minor in paid[currency] for line in lines)
            if fitting and fitting * 2 >= len(lines):
                # The next file with these columns may be of a card in another currency.
                return replace(read, profile=replace(read.profile, currency=wanted.currency) if read.profile else None)
        raise


def _paid_amounts(session: Session) -> dict[str, set[int]]:
    """Return what cards paid of single entries and of whole orders, minor units, by currency."""
    orders: Counter[tuple[str, str]] = Counter()
    found: dict[str, set[int]] = {}
    for charge in storage.card_charges(session, date.min, date.max):
        found.setdefault(charge.currency, set()).add(charge.amount)
        orders[charge.currency, charge.number] += max(0, charge.amount)
    for (currency, _), amount in orders.items():
        found[currency].add(amount)
    return found


def _profile(columns: Mapping[str, Any]) -> ColumnProfile:
    found: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in columns.items()}
    return ColumnProfile(**found)


def _kept(name: str, card: str, read: ReadStatement, *, every_line: bool) -> KeptStatement:
    days = [line.on for line in read.lines]
    about = tuple(line for line in read.lines if every_line or line.is_amazon)
    span = StatementDays(
        card=card, since=min(filter(None, (*days, read.since))), until=max(days if read.until is None else [*days, read.until])
    )
    return KeptStatement(id=0, name=name, days=span, others=len(read.lines) - len(about), lines=about)


def _card(session: Session, name: str, read: ReadStatement, given: str | None) -> str:
    """Return the statement's card: the given one, else the one in the file, else the only known one."""
    cards = storage.known_cards(session)
    if given is not None:
        card = read_card(given)
        if card is None:
            raise InvalidInput(
                translated("'{given}' is no card. Write its network and last four digits, like visa/1234.", given=given[:40])
            )
        if read.last4 and read.last4 != card.rpartition("/")[2]:
            raise InvalidInput(
                translated(
                    "'{name}' is a statement of the card ending in {last4}, not of {card}. Choose the card, or the other file.",
                    name=name,
                    last4=read.last4,
                    card=card,
                )
            )
        return card
    if read.last4:
        return next((card for card in cards if card.endswith(f"/{read.last4}")), f"card/{read.last4}")
    if len(cards) == 1:
        return cards[0]
    known = translated("The ledger knows {cards}.", cards=", ".join(cards[:8])) if cards else ""
    raise InvalidInput(
        translated(
            "'{name}' does not name its card. Name the card, like visa/1234 (--card in the command). {known}", name=name, known=known
        ).rstrip()
    )


def _refuse_other_card(session: Session, kept: KeptStatement) -> None:
    """Raise InvalidInput if the lines are the charges of another known card."""
    lines = distinct_lines(kept.days.card, [kept.lines])
    since, until = kept.days.since - _BEFORE, kept.days.until + _AFTER
    charges = [charge for charge in storage.card_charges(session, since, until) if charge.last4]
    mine = kept.days.card.rpartition("/")[2]
    for last4 in sorted({charge.last4 for charge in charges if charge.last4 and charge.last4 != mine}):
        if _fitting(lines, charges, last4) >= max(_ENOUGH, len(lines) * 2 // 3):
            raise InvalidInput(
                translated(
                    "The lines of '{name}' are charges of the card ending in {last4}, not of {card}. Import it for the right card.",
                    name=kept.name,
                    last4=last4,
                    card=kept.days.card,
                )
            )


def _fitting(lines: Sequence[CardLine], charges: Sequence[CardCharge], last4: str) -> int:
    """Return how many lines are charges of the card with these last digits."""
    card = f"card/{last4}"
    renamed = [replace(line, card=card) for line in lines]
    mine = [charge for charge in charges if charge.last4 == last4]
    return sum(line.state is not LineState.UNMATCHED for line in match(renamed, mine, (), {}).lines)


def _lines(session: Session, card: str | None = None) -> list[CardLine]:
    by_card: dict[str, list[tuple[StatementLine, ...]]] = {}
    for kept in storage.statements(session):
        by_card.setdefault(kept.days.card, []).append(kept.lines)
    return [line for name, kept_lines in by_card.items() if card in (None, name) for line in distinct_lines(name, kept_lines)]


def _charges(session: Session) -> list[CardCharge]:
    spans = [kept.days for kept in storage.statements(session)]
    if not spans:
        return []
    return storage.card_charges(session, min(span.since for span in spans) - _BEFORE, max(span.until for span in spans) + _AFTER)


def matches_of(session: Session) -> StatementMatches:
    """Return what every line pays for, from the present statements, entries and decisions."""
    spans = [kept.days for kept in storage.statements(session)]
    return match(_lines(session), _charges(session), spans, storage.decisions(session))


def months_of(session: Session, found: StatementMatches | None = None) -> list[StatementMonth]:
    """Return the months of every card, from these matches where they are known."""
    return months(found or matches_of(session), [kept.days for kept in storage.statements(session)], storage.closed_months(session))


def _close(session: Session, month: StatementMonth, today: date) -> None:
    if month.content is not None:
        storage.close_month(session, month.content, today)


def _card_line(session: Session, line: str) -> CardLine:
    found = next((entry for entry in _lines(session) if entry.id == line), None)
    if found is None:
        raise NotFound(translated("There is no line '{line}'. 'shopper statements unmatched' lists those that are open.", line=line[:60]))
    return found


def _line_words(entry: CardLine) -> Sentence:
    amount = f"{entry.line.amount.decimal} {entry.line.amount.currency}"
    return sentence_of("the line of {amount} on {day} of {card}", amount=amount, day=str(entry.line.on), card=entry.card)


def _check_sum(line: StatementLine, chosen: Sequence[CardCharge]) -> None:
    """Raise InvalidInput if the entries are of several currencies, or of the line's with another sum."""
    if not chosen:
        return
    units = {charge.currency for charge in chosen}
    amount = line.original or line.amount
    total = sum(charge.amount for charge in chosen)
    if len(units) > 1:
        raise InvalidInput(
            translated("The entries are in {currencies}. One line pays for entries of one currency.", currencies=all_of(sorted(units)))
        )
    if units == {amount.currency} and total != -amount.minor:
        raise InvalidInput(
            translated(
                "The line is {decimal} {currency}, the entries are {sum}. Name entries that add up to it. {hint}",
                decimal=amount.decimal,
                currency=amount.currency,
                sum=Money(-total, amount.currency).decimal,
                hint=_rest_by_gift_card(chosen, total + amount.minor),
            ).rstrip()
        )


def _rest_by_gift_card(chosen: Sequence[CardCharge], rest: int) -> str:
    """Return how to say that a gift card paid what the line does not, if the line pays less than one order cost."""
    orders = {(charge.account, charge.number) for charge in chosen}
    if len(orders) > 1 or rest <= 0 or any(charge.amount < 0 for charge in chosen):
        return ""
    account, number = orders.pop()
    amount = Money(rest, chosen[0].currency).decimal
    return translated(
        "If a gift card paid the rest: shopper order {number} --account {account} --set gift_card={amount}",
        number=number,
        account=account,
        amount=amount,
    )


def _within(line: MatchedLine, kept: KeptStatement) -> bool:
    return kept.days.since <= line.entry.line.on <= kept.days.until
