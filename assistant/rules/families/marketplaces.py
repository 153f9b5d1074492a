"""The marketplaces that are listed for an account."""

from assistant.domain.judging.situation import Party
from assistant.domain.judging.verdict import Reason, said
from assistant.rules.base import WARN, AfterPurchase, Findings, asked_of_buyer, quiet
from assistant.rules.case import Case


def marketplace_mismatch(case: Case, active: Party) -> Findings:
    """Warn if the page's marketplace is not listed for the account."""
    marketplace = case.event.marketplace
    if not marketplace:
        yield quiet("no_shop_named")
    elif not active.marketplaces:
        yield quiet("no_shops_listed", account=active.label)
    elif marketplace in active.marketplaces:
        yield quiet("shop_listed", shop=marketplace, account=active.label)
    else:
        yield Reason(
            code="MARKETPLACE_MISMATCH",
            level=WARN,
            group="account",
            said=said("MARKETPLACE_MISMATCH", shop=marketplace, account=active.label, shops=active.marketplaces),
            source=said("sources.listed_shops"),
        )


RULES = (asked_of_buyer("MARKETPLACE_MISMATCH", look=marketplace_mismatch, changed_by=(), afterwards=AfterPurchase.NOTHING),)
