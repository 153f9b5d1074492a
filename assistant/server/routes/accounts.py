"""The register of accounts, and the customer ids that browsers have shown."""

from dataclasses import replace

from assistant.domain.pairing import Scope
from assistant.server.listing import PART, whole
from assistant.server.routing import Call, Route
from assistant.wire.accounts import (
    AccountBody,
    AccountChangeBody,
    AccountJson,
    AccountOverviewJson,
    CompareBody,
    ComparisonJson,
    IdentityJson,
    LinkBody,
    NameBody,
)
from assistant.wire.shape import PageJson


def show(call: Call) -> PageJson[AccountJson]:
    """List the accounts."""
    return whole(call, [AccountJson.of(account) for account in call.services.accounts.all()])


def add(call: Call) -> AccountJson:
    """Register an account."""
    body: AccountBody = call.body
    change = replace(body.to_domain(), label=None, purpose=None)
    return AccountJson.of(call.services.accounts.add(body.label, body.purpose, key=body.key, change=change))


def edit(call: Call) -> AccountJson:
    """Change the fields that the body sets."""
    body: AccountChangeBody = call.body
    return AccountJson.of(call.services.accounts.edit(call.path["key"], body.to_domain()))


def link(call: Call) -> AccountJson:
    """Link a customer id to an account; import the documents that waited for it."""
    return AccountJson.of(call.services.accounts.link(call.path["key"], call.body.customer_id))


def compare(call: Call) -> ComparisonJson:
    """Check whether two accounts may be linked."""
    body: CompareBody = call.body
    told = {key: said.to_domain() for key, said in body.told.items()}
    return ComparisonJson.of(call.services.account_links.compare(call.path["key"], body.other, told))


def identities(call: Call) -> PageJson[IdentityJson]:
    """List the customer ids that browsers have shown."""
    return whole(call, [IdentityJson.of(identity) for identity in call.services.accounts.identities()])


def name_identity(call: Call) -> AccountJson:
    """Link a customer id that a browser has shown to an account, or to a new one."""
    body: NameBody = call.body
    named = call.services.accounts.name_identity(body.customer_id, account=body.account, label=body.label, purpose=body.purpose)
    return AccountJson.of(named)


def overview(call: Call) -> PageJson[AccountOverviewJson]:
    """Show every account with its month, year and open warnings, as of this machine's civil day."""
    return whole(call, [AccountOverviewJson.of(entry) for entry in call.services.ledger.overview(call.services.today)])


ROUTES = (
    Route(method="GET", path="/accounts", about="All accounts.", scope=Scope.BADGE_READ, run=show, query=PART),
    Route(
        method="POST",
        path="/accounts",
        about="Register an account.",
        scope=Scope.FULL,
        run=add,
        body=AccountBody,
        status=201,
    ),
    Route(method="PATCH", path="/accounts/{key}", about="Change an account.", scope=Scope.FULL, run=edit, body=AccountChangeBody),
    Route(
        method="POST",
        path="/accounts/{key}/link",
        about="Link a customer id to this account.",
        scope=Scope.FULL,
        run=link,
        body=LinkBody,
    ),
    Route(
        method="POST",
        path="/accounts/{key}/compare",
        about="Whether this account and another may be linked: problems, matches and open questions. Nothing is stored.",
        scope=Scope.FULL,
        run=compare,
        body=CompareBody,
    ),
    Route(
        method="GET",
        path="/identities",
        about="Customer ids that browsers have shown.",
        scope=Scope.FULL,
        run=identities,
        query=PART,
    ),
    Route(
        method="POST",
        path="/identities/name",
        about="Say whose customer id this is: an account's, or that of a new account.",
        scope=Scope.OBSERVE_WRITE,
        run=name_identity,
        body=NameBody,
    ),
    Route(
        method="GET",
        path="/overview",
        about="Every account with its month, year and open warnings.",
        scope=Scope.SUMMARY_READ,
        run=overview,
        query=PART,
    ),
)
