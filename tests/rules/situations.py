"""Helpers that describe a situation in a few words and judge it."""

from dataclasses import dataclass

from assistant.domain.judging.sentences import spoken
from assistant.domain.judging.verdict import Level, Reason, Verdict
from assistant.rules import judge
from assistant.rules.described.reading import read_situation

PER = {
    "key": "per",
    "label": "Personal",
    "cid": "A1PER0000001",
    "kind": "personal",
    "owner": "kim",
    "home": "H1",
    "sites": ["amazon.com"],
    "amazon_business": False,
    "greeting": "Kim",
    "prime": "member",
    "addresses": ["home/10001"],
    "cards": ["visa/1111"],
}
BIZ = {
    "key": "biz",
    "label": "Kim's Studio",
    "cid": "A1BIZ0000002",
    "kind": "business",
    "owner": "kim",
    "home": "H1",
    "sites": ["amazon.com"],
    "amazon_business": True,
    "greeting": "Kim",
    "prime": "none",
    "addresses": ["studio/10002"],
    "cards": ["amex/2222"],
}
LEE = {
    "key": "lee",
    "label": "Lee",
    "cid": "A1LEE0000003",
    "kind": "personal",
    "owner": "lee",
    "home": "H1",
    "sites": ["amazon.com"],
    "amazon_business": False,
    "greeting": "Lee",
    "prime": "none",
    "addresses": ["home/10001"],
    "cards": ["mc/3333"],
}
FAR = {
    "key": "far",
    "label": "Far",
    "cid": "A1FAR0000004",
    "kind": "family",
    "owner": "sol",
    "home": "H2",
    "sites": ["amazon.com"],
    "amazon_business": False,
    "greeting": "Sol",
    "prime": "none",
    "addresses": ["flat/60000"],
    "cards": ["visa/4444"],
}
EVERYONE = [PER, BIZ, LEE, FAR]


def item(asin="B0THING001", title="Desk lamp", category="home", price=40, **more):
    return {"asin": asin, "title": title, "category": category, "qty": 1, "price": price, **more}


def order(account, at, asin="B0THING001", state="delivered", **more):
    return {"type": "order", "account": account, "at": at, "asin": asin, "title": "Desk lamp", "state": state, **more}


@dataclass(frozen=True)
class ReasonText:
    """A reason in the words that people read."""

    code: str
    level: Level
    group: str
    text: str
    advice: str
    evidence: tuple[str, ...]
    source: str
    suggest: str | None


@dataclass(frozen=True)
class VerdictText:
    """A verdict in the words that people read."""

    level: Level
    suggest: str | None
    reasons: tuple[ReasonText, ...]


def reason_text(reason: Reason) -> ReasonText:
    words = spoken(reason)
    return ReasonText(reason.code, reason.level, reason.group, words.text, words.advice, words.evidence, words.source, reason.suggest)


def verdict_text(found: Verdict) -> VerdictText:
    return VerdictText(found.level, found.suggest, tuple(map(reason_text, found.reasons)))


def verdict(event, *, rules=(), history=(), accounts=EVERYONE, **more):
    whole = {"at": "2026-11-23T10:00", "page": "checkout", "account": "per", "items": [item()], "currency": "USD", **event}
    facts = {"accounts": list(accounts), "rules": list(rules), "history": list(history), "event": whole, **more}
    return verdict_text(judge(read_situation(facts)))


def codes(event, **facts):
    return {reason.code: reason.level.value for reason in verdict(event, **facts).reasons}
