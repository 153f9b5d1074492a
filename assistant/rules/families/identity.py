"""The account of a page: whether it is registered, certain, and the same as that of the cart."""

from assistant.domain.accounts.account import greeted_as, greets_another
from assistant.domain.judging.situation import BUYING
from assistant.domain.judging.verdict import Level, Message, Reason, said
from assistant.rules.base import BLOCK, WARN, AfterPurchase, Findings, asked_when_buying, here, quiet
from assistant.rules.case import SIGNED_OUT, Case


def account_unknown(case: Case) -> Findings:
    """Warn if the page shows a customer id that no registered account has."""
    if not case.shown_id:
        yield quiet("no_id")
    elif case.active is not None:
        yield quiet("id_of", account=case.active.label)
    else:
        yield _identity("ACCOUNT_UNKNOWN", WARN, said("ACCOUNT_UNKNOWN"), said("evidence.customer_id", number=case.shown_id))


def account_uncertain(case: Case) -> Findings:
    """Warn if the page shows no id, and no recent page shows whose it is, or it greets somebody else."""
    if case.signed_out:
        yield quiet("signed_out")
    elif case.shown_id:
        yield quiet("shows_id")
    elif case.event.signals is None and case.active is None:
        yield from _attributed_to_nobody(case)
    elif case.event.signals is None:
        yield quiet("attributed", account=here(case))
    else:
        yield from _carried(case)


def account_changed(case: Case) -> Findings:
    """Warn if the cart of this tab belonged to another account, according to ids on both pages."""
    now = case.active.key if case.active else case.shown_id
    cart = case.cart
    if now is None or not case.proven:
        yield quiet("no_id_to_compare")
    elif cart is None or cart.who == SIGNED_OUT:
        yield quiet("no_cart")
    elif cart.who == now:
        yield quiet("same_cart")
    else:
        before = case.accounts.get(cart.who)
        filled = before.label if before else said("parts.another_account")
        minutes = int(cart.age.total_seconds() // 60)
        evidence = said("evidence.cart_seen", account=filled, minutes=minutes)
        yield _identity("ACCOUNT_CHANGED", BLOCK, said("ACCOUNT_CHANGED", before=filled, here=here(case)), evidence)


def window_of_another(case: Case) -> Findings:
    """Speak where the browser window belongs to one account and another one is signed in."""
    window = case.accounts.get(case.event.window or "")
    if window is None:
        yield quiet("ordinary_window")
    elif case.active is None or case.active == window:
        yield quiet("own_window", account=window.label)
    else:
        level = BLOCK if case.page in BUYING - {"cart"} else WARN
        yield _identity("WINDOW_OF_ANOTHER", level, said("WINDOW_OF_ANOTHER", window=window.label, here=here(case)))


def _attributed_to_nobody(case: Case) -> Findings:
    """Return the finding for a page without signals and account: after the cart somebody must be signed in."""
    if case.page == "cart":
        yield quiet("anonymous_cart")
    else:
        yield _identity("ACCOUNT_UNCERTAIN", WARN, said("ACCOUNT_UNCERTAIN.nobody"))


def _carried(case: Case) -> Findings:
    """Return the finding for a page without an id: its cookie store's last account counts, unless the page greets somebody else."""
    active, last = case.active, case.last_shown(case.history.shown)
    greeting = (case.event.signals.greeting if case.event.signals else None) or ""
    if active is None or case.carried != active.key:
        known = case.accounts.get(last.who) if last else None
        minutes = int(last.age.total_seconds() // 60) if last else 0
        evidence = said("evidence.last_seen", account=known.label, minutes=minutes) if known else said("evidence.never_seen")
        yield _identity("ACCOUNT_UNCERTAIN", WARN, said("ACCOUNT_UNCERTAIN"), evidence)
    elif greets_another(greeting, {one.key: greeted_as(one.greeting, one.owner, one.label) for one in case.accounts.values()}, active.key):
        evidence = said("evidence.greeting", greeting=greeting)
        yield _identity("ACCOUNT_UNCERTAIN", WARN, said("ACCOUNT_UNCERTAIN.greeting", account=active.label), evidence)
    else:
        yield quiet("carried", account=active.label)


def _identity(code: str, level: Level, message: Message, *evidence: Message) -> Reason:
    return Reason(code=code, level=level, group="identity", said=message, evidence=evidence, source=said("sources.customer_id"))


RULES = (
    asked_when_buying(
        "WINDOW_OF_ANOTHER", look=window_of_another, changed_by=(), afterwards=AfterPurchase.NOTHING, pages=BUYING | {"home"}
    ),
    asked_when_buying("ACCOUNT_UNKNOWN", look=account_unknown, changed_by=(), afterwards=AfterPurchase.NOTHING),
    asked_when_buying("ACCOUNT_UNCERTAIN", look=account_uncertain, changed_by=(), afterwards=AfterPurchase.NOTHING),
    asked_when_buying(
        "ACCOUNT_CHANGED", look=account_changed, changed_by=(), afterwards=AfterPurchase.NOTHING, pages=frozenset({"checkout"})
    ),
)
