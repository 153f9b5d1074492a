"""The reply to a visit, as sent to the browser."""

from typing import Any

from assistant.amazon.observed_page import SeenPage
from assistant.domain.accounts.account import colour
from assistant.domain.accounts.attribution import Attribution
from assistant.domain.documents import ImportResult
from assistant.domain.judging.verdict import Verdict
from assistant.domain.pages.visit import Visit
from assistant.services.warnings.raise_alerts import reasons_json
from assistant.wire.orders import problem_json


def visit_reply(
    visit: Visit, seen: SeenPage, found: Attribution, verdict: Verdict, *, captured: ImportResult | None, events: int
) -> dict[str, Any]:
    """Return the reply; `captured` is the import result of an order page, `events` the newest event's id."""
    suggest = verdict.suggest
    return {
        "visit": visit.id,
        "account": account_reply(found),
        "signed_in": found.signed_in,
        "kind": seen.kind.value,
        "marketplace": seen.marketplace.name if seen.marketplace else None,
        "verdict": {
            "verdict": verdict.level.value,
            "suggest": suggest,
            "suggest_label": next((account.label for account in found.everyone.values() if account.key == suggest), None),
            "reasons": reasons_json(verdict.reasons, seen.marketplace),
        },
        "captured": _captured_reply(captured),
        "events": events,
    }


def account_reply(found: Attribution) -> dict[str, Any] | None:
    """Return the account for the browser to show; None if nobody is signed in or nothing is known."""
    account = found.account
    if account is not None:
        hue = colour(account.colour)
        return {
            "key": account.key,
            "label": account.label,
            "purpose": account.purpose,
            "letters": account.letters,
            "colour": hue.hex,
            "ink": hue.ink,
            "symbol": account.symbol,
            "certainty": found.certainty,
            "customer_id": found.customer_id,
            "registered": True,
        }
    if not found.customer_id:
        return None
    hue = colour("charcoal")
    return {
        "key": None,
        "label": "Not registered",
        "purpose": None,
        "letters": "?",
        "colour": hue.hex,
        "ink": hue.ink,
        "symbol": "?",
        "certainty": "unknown",
        "customer_id": found.customer_id,
        "registered": False,
    }


def _captured_reply(result: ImportResult | None) -> dict[str, Any] | None:
    if result is None:
        return None
    problems = [problem_json(problem) for problem in result.problems]
    return {"state": result.state, "new": result.new, "changed": result.changed, "same": result.same, "problems": problems}
