"""Judges purchases that were not checked before they were made, with the same rules."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from assistant.domain.clock import Clock
from assistant.domain.documents import ImportResult
from assistant.domain.events import EventKind
from assistant.domain.judging.situation import RECENT_DAYS, History
from assistant.domain.judging.user_rules.rules import RouteRule
from assistant.domain.judging.verdict import Reason
from assistant.domain.judging.warnings import LookBack, Misplaced
from assistant.rules import codes_afterwards
from assistant.rules.base import AfterPurchase
from assistant.rules.described.user_rules import stored_rules
from assistant.rules.described.writing import describe_all
from assistant.services.judging.evaluate import Judged, judged
from assistant.services.judging.parties import houses_by_key, parties_of
from assistant.services.judging.purchase_situation import orders_before, situation_of_purchase
from assistant.storage.accounts import register
from assistant.storage.engine import Database
from assistant.storage.orders.history import Purchase, purchases_before, purchases_of, purchases_with
from assistant.storage.unit_of_work import Session, UnitOfWork
from assistant.storage.user_rules import rule_texts
from assistant.storage.warnings.alerts import afterwards_text, codes_of_order, raise_afterwards
from assistant.storage.warnings.outcomes import documents_unjudged, mark_judged, pages_before, record_outcome
from assistant.storage.warnings.situations import keep_situation, packed

LOOK_BACK_DAYS = 30
"""Purchases within these days become warnings, because returns are usually possible for 30 days. Older ones are only listed."""
_MOST_RECENT, _MOST_EARLIER = 500, 1000
_MISPLACED = codes_afterwards(AfterPurchase.MISPLACED)
_WORTH_TELLING = codes_afterwards(AfterPurchase.MISPLACED, AfterPurchase.WARNING)


class Retrospective:
    """Judges past purchases."""

    def __init__(self, database: Database, clock: Clock) -> None:
        """Work on an open ledger."""
        self._database = database
        self._clock = clock

    def catch_up(self) -> int:
        """Judge unchecked purchases imported since the last time; return how many became warnings.

        Judging only reads; results are written in a short transaction, so that visits do not wait for it.
        """
        since = self._clock().date() - timedelta(days=LOOK_BACK_DAYS)
        with self._database.reading() as session:
            documents = documents_unjudged(session)
            if not documents:
                return 0
            known = KnownThen(session)
            recent = purchases_of(session, known.keys, documents, since=since, most=_MOST_RECENT)
            known.gather(recent, since - timedelta(days=RECENT_DAYS))
            found = [(one, pages := pages_before(session, one), None if pages else known.judged(one)) for one in recent]
        with self._database.writing() as work:
            told = sum(self._keep(work, known, purchase, pages, judgement) for purchase, pages, judgement in found)
            mark_judged(work.session, documents)
            work.commit()
        return told

    def look_back(self, results: Iterable[ImportResult] | None = None) -> LookBack:
        """Return the earlier purchases that look misplaced, newest first: of these imports, else of the whole ledger (the newest 1,000)."""
        before = self._clock().date() - timedelta(days=LOOK_BACK_DAYS)
        with self._database.reading() as session:
            known = KnownThen(session)
            if results is None:
                found = purchases_before(session, known.keys, before, _MOST_EARLIER)
            else:
                documents = [result.id for result in results if result.new]
                found = purchases_of(session, known.keys, documents, before=before, most=_MOST_EARLIER)
            known.gather(found, None)
            looking = (_misplaced(known, purchase) for purchase in found)
            return LookBack(checked=len(found), misplaced=tuple(one for one in looking if one is not None))

    def _keep(self, work: UnitOfWork, known: "KnownThen", purchase: Purchase, pages: Sequence[str], judgement: Judged | None) -> bool:
        """Record the outcome of a purchase that was checked, or the warnings of one that was not."""
        if judgement is None:
            if record_outcome(work.session, pages, purchase.id):
                work.tell(EventKind.ALERT_CHANGED, order=purchase.id)
            return False
        raised = codes_of_order(work.session, purchase.id)
        raised |= _MISPLACED if raised & _MISPLACED else set()
        reasons = [reason for reason in _one_misplaced(judgement.verdict.reasons) if reason.code in _WORTH_TELLING - raised]
        if not reasons:
            return False
        now = self._clock()
        situation = keep_situation(work.session, packed(describe_all(judgement.situations)), now, raised=True)
        for reason in reasons:
            raise_afterwards(work.session, reason, purchase, known.accounts[purchase.account_id], now, situation_id=situation)
        work.tell(EventKind.ALERT_CHANGED, order=purchase.id)
        return True


class KnownThen:
    """The accounts, rules and earlier orders that purchases are judged by, read once."""

    def __init__(self, session: Session) -> None:
        """Read accounts and rules."""
        self._session = session
        self.accounts = register.accounts_by_id(session)
        self.keys = {number: account.key for number, account in self.accounts.items()}
        self._rules = stored_rules(rule_texts(session))
        self._parties = parties_of(self.accounts.values(), houses_by_key(session, self.accounts))
        self._recent: list[Purchase] = []
        self._holding: defaultdict[str, list[Purchase]] = defaultdict(list)
        # With one account a purchase cannot belong elsewhere.
        self._several = len(self.accounts) > 1

    def gather(self, purchases: Sequence[Purchase], since: date | None) -> None:
        """Read the orders of the same items as these purchases, and, if a day is given, all orders from that day on."""
        if not self._several or not purchases:
            return
        asins = set[str]().union(*(purchase.asins for purchase in purchases))
        others = purchases_with(self._session, self.keys, asins, since)
        self._recent = [other for other in others if since is not None and other.placed_on >= since]
        for other in others:
            for asin in other.asins:
                self._holding[asin].append(other)

    def points_elsewhere(self, purchase: Purchase) -> bool:
        """Return whether a purchase could belong on another account: because of a rule, an order of the same item, or its category."""
        others = (other for asin in purchase.asins for other in self._holding[asin])
        ruled = any(isinstance(rule, RouteRule) for rule in self._rules)
        business = self.accounts[purchase.account_id].business
        return self._several and (ruled or business or any(other.account_id != purchase.account_id for other in others))

    def judged(self, purchase: Purchase) -> Judged:
        """Return the verdict on a purchase."""
        if not self._several:
            return Judged()
        others = {other.id: other for asin in purchase.asins for other in self._holding[asin]}
        others |= {other.id: other for other in self._recent}
        history = History(orders=orders_before(purchase, others.values()))
        return judged([situation_of_purchase(self._session, purchase, self._parties, self._rules, history)])


def _one_misplaced(reasons: Sequence[Reason]) -> list[Reason]:
    """Keep only the most severe "wrong account" reason."""
    first = next((reason for reason in reasons if reason.code in _MISPLACED), None)
    return [reason for reason in reasons if reason is first or reason.code not in _MISPLACED]


def _misplaced(known: KnownThen, purchase: Purchase) -> Misplaced | None:
    found = known.judged(purchase).verdict.reasons if known.points_elsewhere(purchase) else ()
    reason = next((one for one in found if one.code in _MISPLACED), None)
    if reason is None:
        return None
    account = known.accounts[purchase.account_id]
    return Misplaced(
        account=account.key,
        number=purchase.number,
        placed_on=purchase.placed_on,
        code=reason.code,
        text=afterwards_text(reason, purchase, account),
        suggest=next((one.label for one in known.accounts.values() if one.key == reason.suggest), None),
    )
