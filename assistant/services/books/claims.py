"""Claims between accounts: list them, settle them, write a one-page report."""

from collections.abc import Sequence
from dataclasses import replace
from typing import IO

from assistant.domain.books.claims import Claim, ClaimState, MonthlySettlement, claims, settle_months
from assistant.domain.clock import Clock, today_of
from assistant.domain.errors import InvalidInput, NotFound
from assistant.domain.journal import Action
from assistant.domain.languages.sentences import sentence_of
from assistant.domain.languages.translating import translated
from assistant.domain.money import Money
from assistant.exports.claim_report import write_claim_report
from assistant.storage.books import claims as storage
from assistant.storage.engine import Database
from assistant.storage.unit_of_work import Session


class Claims:
    """Lists and settles claims."""

    def __init__(self, database: Database, clock: Clock) -> None:
        """Work over an open ledger."""
        self._database = database
        self._clock = clock

    def all(self) -> list[Claim]:
        """Return open and settled claims, the newest first."""
        with self._database.reading() as session:
            return _claims(session)

    def months(self) -> list[MonthlySettlement]:
        """Return what purses owe each other in all, month by month, the newest first."""
        return settle_months(self.all())

    def settle_month(self, month: str) -> list[Claim]:
        """Settle all open claims of a month ("2025-03") and return them. Raises NotFound if it has none."""
        ids = [claim_id for found in self.months() if found.month == month for claim_id in found.claims]
        if not ids:
            raise NotFound(translated("There is no open claim of '{month}'. 'shopper claims months' lists the months.", month=month[:10]))
        return self.settle(ids)

    def settle(self, ids: Sequence[str], amount: str | None = None) -> list[Claim]:
        """Settle open claims by id and return what was paid. All or none: raises NotFound for an id that is not an open claim.

        `amount`: that much of one claim was paid, like "20.00"; what is left stays open. Raises InvalidInput if it is not a part of it.
        """
        with self._database.writing() as work:
            open_claims = {claim.id: claim for claim in _claims(work.session) if claim.state is ClaimState.OPEN}
            unknown = next((claim_id for claim_id in ids if claim_id not in open_claims), None)
            if unknown is not None:
                raise NotFound(translated("There is no open claim '{unknown}'. 'shopper claims' lists them.", unknown=unknown[:40]))
            found = [open_claims[claim_id] for claim_id in dict.fromkeys(ids)]
            if amount is not None:
                found = [_part(found, amount)]
            today = today_of(self._clock)
            claims = tuple(
                sentence_of(
                    "{amount} from {owes} to {paid}", amount=f"{each.amount.decimal} {each.amount.currency}", owes=each.owes, paid=each.paid
                )
                for each in found
            )
            with work.step(Action.CLAIM_SETTLED, sentence_of("Settled {claims}", claims=claims)):
                storage.settle(work.session, found, today)
            work.commit()
        return found

    def report(self, stream: IO[bytes]) -> int:
        """Write the open claims and the payments that settle them as PDF; return the number of claims."""
        open_claims = [claim for claim in self.all() if claim.state is ClaimState.OPEN]
        write_claim_report(open_claims, today_of(self._clock), stream)
        return len(open_claims)


def _part(found: Sequence[Claim], amount: str) -> Claim:
    """Return the one claim with the amount that was paid of it. Raises InvalidInput."""
    if len(found) != 1:
        raise InvalidInput(translated("An amount settles a part of one claim. Name one claim, or leave out the amount."))
    whole = found[0].amount
    paid = Money.of(amount, whole.currency)
    if not 0 < paid.minor <= whole.minor:
        raise InvalidInput(
            translated(
                "{decimal} {currency} is no part of {whole} {whole_currency}. Write a part of it.",
                decimal=paid.decimal,
                currency=paid.currency,
                whole=whole.decimal,
                whole_currency=whole.currency,
            )
        )
    return replace(found[0], amount=paid)


def _claims(session: Session) -> list[Claim]:
    return claims(storage.foreign_shares(session), storage.settlements(session), storage.purses(session))
