"""Short ways to describe a situation."""

from assistant.rules import judge
from assistant.rules.situation import situation_from_mapping

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


def verdict(event, *, rules=(), history=(), accounts=EVERYONE, **more):
    whole = {"at": "2026-11-23T10:00", "page": "checkout", "account": "per", "items": [thing()], "currency": "USD", **event}
    return judge(
        situation_from_mapping({"accounts": list(accounts), "rules": list(rules), "history": list(history), "event": whole, **more})
    )


def codes(event, **facts):
    return {reason.code: reason.level.value for reason in verdict(event, **facts).reasons}
