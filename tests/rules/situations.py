"""Short ways to describe a situation."""

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


def thing(asin="B0THING001", title="Desk lamp", category="home", price=40, **more):
    return {"asin": asin, "title": title, "category": category, "qty": 1, "price": price, **more}


def order(account, at, asin="B0THING001", state="delivered", **more):
    return {"type": "order", "account": account, "at": at, "asin": asin, "title": "Desk lamp", "state": state, **more}


@dataclass(frozen=True)
class Said:
    """A reason as people read it."""

    code: str
    level: Level
    group: str
    text: str
    advice: str
    evidence: tuple[str, ...]
    source: str
    suggest: str | None


@dataclass(frozen=True)
class Answer:
    """A verdict as people read it."""

    level: Level
    suggest: str | None
    reasons: tuple[Said, ...]


def said(reason: Reason) -> Said:
    words = spoken(reason)
    return Said(reason.code, reason.level, reason.group, words.text, words.advice, words.evidence, words.source, reason.suggest)


def answer(found: Verdict) -> Answer:
    return Answer(found.level, found.suggest, tuple(map(said, found.reasons)))


def verdict(event, *, rules=(), history=(), accounts=EVERYONE, **more):
    whole = {"at": "2026-11-23T10:00", "page": "checkout", "account": "per", "items": [thing()], "currency": "USD", **event}
    facts = {"accounts": list(accounts), "rules": list(rules), "history": list(history), "event": whole, **more}
    return answer(judge(read_situation(facts)))


def codes(event, **facts):
    return {reason.code: reason.level.value for reason in verdict(event, **facts).reasons}
