"""Lists promotions, memberships, limits and reviews from pages, and adds, edits and removes entries by hand."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from assistant.domain.clock import Clock
from assistant.domain.errors import InvalidInput, naming_field
from assistant.domain.events import EventKind
from assistant.domain.filters import Page
from assistant.domain.journal import Action
from assistant.domain.languages.sentences import Sentence, Value, sentence_of
from assistant.domain.languages.translating import to_translate, translated
from assistant.domain.terms import SHAPES, Term, TermChange, TermKind
from assistant.storage import terms
from assistant.storage.accounts.register import account_row
from assistant.storage.engine import Database
from assistant.storage.unit_of_work import UnitOfWork

_SCOPES, _PLANS = ("account", "customer", "household"), ("trial", "paid")
_LONGEST_NAME, _LONGEST_DETAILS, _MOST_DETAILS = 200, 8000, 30


class Terms:
    """The list of terms."""

    def __init__(self, database: Database, clock: Clock) -> None:
        """Work over an open ledger."""
        self._database = database
        self._clock = clock

    def terms(
        self,
        *,
        kind: TermKind | None = None,
        account: str | None = None,
        cursor: str | None = None,
        offset: int | None = None,
        limit: int = 100,
    ) -> Page[Term]:
        """Return a page of terms, newest first; without a kind all except viewed products. Raises NotFound, InvalidInput."""
        with self._database.reading() as session:
            account_id = account_row(session, account).id if account else None
            return terms.list_terms(session, kind=kind, account_id=account_id, cursor=cursor, offset=offset, limit=limit)

    def add(self, term: Term) -> Term:
        """Store a noted term. Raises InvalidInput for an incomplete term, NotFound for an unknown account."""
        with self._database.writing() as work:
            return self._written(work, replace(term, id=0), sentence_of("Added the {kind} '{name}'", **_name(term)))

    def edit(self, term_id: int, change: TermChange) -> Term:
        """Correct a term; from then on no page changes it. Raises NotFound, InvalidInput."""
        with self._database.writing() as work:
            known = terms.term(work.session, term_id)
            return self._written(work, _changed(known, change), sentence_of("Changed the {kind} '{name}'", **_name(known)))

    def remove(self, term_id: int) -> None:
        """Delete a term. Raises NotFound."""
        with self._database.writing() as work:
            known = terms.term(work.session, term_id)
            with work.step(Action.TERM_CHANGED, sentence_of("Removed the {kind} '{name}'", **_name(known))):
                terms.delete_term(work.session, term_id)
                work.tell(EventKind.ACCOUNT_CHANGED, term=term_id)
            work.commit()

    def _written(self, work: UnitOfWork, term: Term, what: Sentence) -> Term:
        _check(term)
        account_id = account_row(work.session, term.account).id if term.account else None
        with work.step(Action.TERM_CHANGED, what):
            kept = terms.write_term(work.session, replace(term, what=term.what.strip()), account_id, self._clock())
            work.tell(EventKind.ACCOUNT_CHANGED, term=kept.id)
        work.commit()
        return kept


_KIND_NAMES = {
    TermKind.PROMOTION: to_translate("promotion"),
    TermKind.PROMO_USED: to_translate("promo used"),
    TermKind.PROMO_ISSUED: to_translate("promo issued"),
    TermKind.COUPON_CLIPPED: to_translate("coupon clipped"),
    TermKind.COUPON_USED: to_translate("coupon used"),
    TermKind.LIMIT: to_translate("limit"),
    TermKind.PRODUCT: to_translate("product"),
    TermKind.MEMBERSHIP: to_translate("membership"),
    TermKind.SUBSCRIPTION: to_translate("subscription"),
    TermKind.FAMILY_LEFT: to_translate("family left"),
    TermKind.REVIEW: to_translate("review"),
    TermKind.NOTE: to_translate("note"),
    TermKind.GIFT_CARD: to_translate("gift card"),
    TermKind.INSTALMENT: to_translate("instalment"),
}


def _name(term: Term) -> dict[str, Value]:
    return {"kind": Sentence(_KIND_NAMES[term.kind]), "name": term.what.strip()}


def _changed(term: Term, change: TermChange) -> Term:
    details = {name: value for name, value in {**term.details, **change.details}.items() if value is not None}
    return replace(
        term,
        what=change.what if change.what is not None else term.what,
        account=change.account or term.account,
        on=None if "on" in change.cleared else change.on or term.on,
        until=None if "until" in change.cleared else change.until or term.until,
        details=details,
    )


def _check(term: Term) -> None:
    """Raise InvalidInput for a term that no rule could use, saying what to change."""
    shape, details = SHAPES[term.kind], term.details
    with naming_field("what"):
        if not 0 < len(term.what.strip()) <= _LONGEST_NAME:
            raise InvalidInput(
                translated(
                    "Say what it is about (its {what}), in at most {most} characters.",
                    what=shape.what.replace("_", " "),
                    most=_LONGEST_NAME,
                )
            )
    with naming_field("account"):
        if shape.owned and not term.account:
            raise InvalidInput(translated("The kind '{kind}' belongs to an account. Name the account.", kind=term.kind.value))
        if not shape.owned and term.account:
            raise InvalidInput(translated("The kind '{kind}' belongs to no account. Leave the account out.", kind=term.kind.value))
    with naming_field("until"):
        if term.on and term.until and term.until < term.on:
            raise InvalidInput(translated("It ends before it begins. Check the two days."))
    with naming_field("scope"):
        if details.get("scope") not in (None, *_SCOPES):
            raise InvalidInput(
                translated("'{scope}' is not a scope. Choose one of {choices}.", scope=details["scope"], choices=", ".join(_SCOPES))
            )
    with naming_field("plan"):
        if term.kind is TermKind.MEMBERSHIP and details.get("plan") not in _PLANS:
            raise InvalidInput(translated("Say whether the membership is a trial or paid: plan=trial or plan=paid."))
    with naming_field("limit"):
        _check_limit(term.kind, details)
    if len(details) > _MOST_DETAILS or len(str(details)) > _LONGEST_DETAILS:
        raise InvalidInput(translated("These details are too long. Keep the important ones."))


def _check_limit(kind: TermKind, details: Mapping[str, Any]) -> None:
    limit = details.get("limit")
    whole = isinstance(limit, int) and not isinstance(limit, bool) and limit > 0
    if (limit is not None or kind is TermKind.LIMIT) and not whole:
        raise InvalidInput(translated("Say how many are allowed, as a whole number from 1 up: limit=2."))
