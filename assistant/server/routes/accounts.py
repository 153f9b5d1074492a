"""The register of accounts, and the customer ids that browsers have shown."""

from typing import Any

from assistant.domain.pairing import Scope
from assistant.server.listing import PART, whole
from assistant.server.request_schemas import AccountBody, ChangeBody, CompareBody, LinkBody
from assistant.server.routing import Call, Route
from assistant.wire.accounts import account_json, change_from_json, identity_json
from assistant.wire.linking import comparison_json, told_from_json
from assistant.wire.views import overview_json


def show(call: Call) -> dict[str, Any]:
    """List the accounts."""
    items = [account_json(account) for account in call.services.accounts.all()]
    return whole(call, items)


def add(call: Call) -> dict[str, Any]:
    """Register an account."""
    body: AccountBody = call.body
    change = change_from_json(body.model_dump(exclude={"label", "purpose", "key"}))
    return account_json(call.services.accounts.add(body.label, body.purpose, key=body.key, change=change))


def edit(call: Call) -> dict[str, Any]:
    """Change what is given."""
    return account_json(call.services.accounts.edit(call.path["key"], change_from_json(call.body.model_dump())))


def link(call: Call) -> dict[str, Any]:
    """Say that a customer id is this account's; what waited for it is taken in."""
    return account_json(call.services.accounts.link(call.path["key"], call.body.customer_id))


def compare(call: Call) -> dict[str, Any]:
    """Check whether two accounts may be linked."""
    body: CompareBody = call.body
    told = {key: told_from_json(said.model_dump()) for key, said in body.told.items()}
    return comparison_json(call.services.linking.compare(call.path["key"], body.other, told))


def identities(call: Call) -> dict[str, Any]:
    """List the customer ids that browsers have shown."""
    items = [identity_json(identity) for identity in call.services.accounts.identities()]
    return whole(call, items)


def overview(call: Call) -> dict[str, Any]:
    """Show every account with its month, year and open warnings; "today" is this machine's civil day."""
    items = [overview_json(entry) for entry in call.services.ledger.overview(call.services.today)]
    return whole(call, items)


ROUTES = (
    Route(method="GET", path="/accounts", about="All accounts.", scope=Scope.BADGE_READ, run=show, query=PART, answer="Accounts"),
    Route(
        method="POST",
        path="/accounts",
        about="Register an account.",
        scope=Scope.FULL,
        run=add,
        body=AccountBody,
        answer="Account",
        status=201,
    ),
    Route(
        method="PATCH", path="/accounts/{key}", about="Change an account.", scope=Scope.FULL, run=edit, body=ChangeBody, answer="Account"
    ),
    Route(
        method="POST",
        path="/accounts/{key}/link",
        about="Say that a customer id is this account's.",
        scope=Scope.FULL,
        run=link,
        body=LinkBody,
        answer="Account",
    ),
    Route(
        method="POST",
        path="/accounts/{key}/compare",
        about="May this account and another be linked: what speaks against it, what fits, what nobody has said. Nothing is kept.",
        scope=Scope.FULL,
        run=compare,
        body=CompareBody,
        answer="Comparison",
    ),
    Route(
        method="GET",
        path="/identities",
        about="Customer ids that browsers have shown.",
        scope=Scope.FULL,
        run=identities,
        query=PART,
        answer="Identities",
    ),
    Route(
        method="GET",
        path="/overview",
        about="Every account with its month, year and open warnings.",
        scope=Scope.SUMMARY_READ,
        run=overview,
        query=PART,
        answer="Overview",
    ),
)
