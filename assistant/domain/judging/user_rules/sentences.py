"""User rules as sentences: "'toner' or 'ink' goes to Ortiz Design; hold the order"."""

from collections.abc import Iterable, Mapping
from typing import Any

from assistant.domain.judging.sentences import catalogue

_RELATIONS = {
    "own": "it is your own business",
    "relative": "it belongs to a relative",
    "friend": "it belongs to a close friend",
    "employer": "it belongs to an employer",
    "competitor": "it belongs to a competitor",
}


def rule_sentence(rule: Mapping[str, Any], labels: Mapping[str, str]) -> str:
    """Return a rule in words; `labels` are account names by key."""
    until = f" until {rule['until']}" if rule.get("until") else ""
    told = f"{_SENTENCES[str(rule['type'])](rule, labels)}{until}{_loudness(rule)}"
    return told[:1].upper() + told[1:]


def warning_words(code: str) -> str:
    """Return what a warning is about, in English words, like the sentences about rules around them."""
    about: str = catalogue()["reasons"].get(code, {}).get("about", code.replace("_", " ").lower())
    return about


def learned_words(origin: Mapping[str, Any]) -> str:
    """Return which answer a learned rule comes from: "you said 'always right' on 2026-11-25, warned about the card"."""
    about = warning_words(str(origin.get("code")))
    if origin.get("choice") == "continue":
        return f"you ordered anyway on {origin.get('on')}, asked about {about}"
    answer = "'always right'" if origin.get("choice") == "always_right" else "twice that you stay with the other account"
    return f"you said {answer} on {origin.get('on')}, warned about {about}"


def preview_sentence(warned: Mapping[int, int], silenced: Mapping[int, int], orders: int) -> str:
    """Return what a rule would have done: "Would have warned 3 times in 2025 and once in 2024."."""
    told = [
        f"would have {what} {_years(counts)}"
        for what, counts in (("warned", warned), ("hidden a warning", silenced))
        if sum(counts.values())
    ]
    if told:
        sentence = "; ".join(told)
        return f"{sentence[:1].upper()}{sentence[1:]} ({orders} past orders)."
    return f"Would have changed nothing ({orders} past orders)." if orders else "There are no past orders to try it on."


def match_words(match: Mapping[str, Any]) -> str:
    """Return what a rule is about: "'toner' or 'ink' in office, sold by Acme, from 50 USD"."""
    parts = []
    words, price = _list(match.get("words")), match.get("price") or {}
    if words:
        parts.append(_or(f"'{word}'" for word in words))
    if match.get("asin"):
        parts.append(f"item {_or(_list(match['asin']))}" if not words else f"(item {_or(_list(match['asin']))})")
    if match.get("category"):
        parts.append(f"in {_or(_list(match['category']))}" if parts else f"items in {_or(_list(match['category']))}")
    if match.get("brand"):
        parts.append(f"by {_or(_list(match['brand']))}" if parts else f"items by {_or(_list(match['brand']))}")
    if match.get("seller"):
        parts.append(f"sold by {_or(_list(match['seller']))}" if parts else f"items sold by {_or(_list(match['seller']))}")
    if price.get("min") or price.get("max"):
        bounds = " ".join(f"{word} {price[name]}" for name, word in (("min", "from"), ("max", "up to")) if price.get(name))
        parts.append(f"{bounds} {price.get('currency', '')}".strip() if parts else f"items {bounds} {price.get('currency', '')}".strip())
    return " ".join(parts)


def _route(rule: Mapping[str, Any], labels: Mapping[str, str]) -> str:
    return f"{match_words(rule['match'])} {_goes(rule['match'])} to {_account(rule['to'], labels)}"


def _goes(match: Mapping[str, Any]) -> str:
    return "goes" if match.get("words") or match.get("asin") else "go"


def _only(rule: Mapping[str, Any], labels: Mapping[str, str], verb: str, by: str) -> str:
    only, also = _list(rule.get("only")), _list(rule.get("also"))
    told = [f"{verb} only {by} {_or(only)}"] if only else []
    told += [f"may also {verb.removesuffix('s')} {by} {_or(also)}"] if also else []
    return f"{_account(rule['account'], labels)} {' and '.join(told)}"


def _purpose(rule: Mapping[str, Any], labels: Mapping[str, str]) -> str:
    named = [*_list(rule.get("business_categories")), *(f"'{word}'" for word in _list(rule.get("business_words")))]
    where = f"on {_account(rule['account'], labels)}" if rule.get("account") else "on every business account"
    return f"{_and(named)} {'are' if len(named) > 1 else 'is'} business {where}"


def _budget(rule: Mapping[str, Any], labels: Mapping[str, str]) -> str:
    spent = _and([*([_account(rule["account"], labels)] if rule.get("account") else []), *_list(rule.get("purpose"))])
    categories = _list(rule.get("category"))
    about = f"{_or(categories)} on {spent}" if categories and spent else _or(categories) or spent
    amount, length = (rule["month"], "month") if rule.get("month") else (rule["year"], "year")
    carried = f", and what is left since {rule['carry']}" if rule.get("carry") else ""
    return f"at most {amount} {rule['currency']} a {length} for {about}{carried}"


def _private(rule: Mapping[str, Any], labels: Mapping[str, str]) -> str:
    what = [f"order {number}" for number in _list(rule.get("order_id"))] + [f"item {asin}" for asin in _list(rule.get("asin"))]
    whose = f" of {_account(rule['account'], labels)}" if rule.get("account") else ""
    shown = "others see nothing of it" if rule.get("reveal") == "never" else "others get a neutral hint"
    return f"{_or(what) or 'every order'}{whose} is private: {shown}"


def _conflict(rule: Mapping[str, Any], labels: Mapping[str, str]) -> str:
    named = [*_list(rule.get("brands")), *_list(rule.get("sellers")), *(f"item {asin}" for asin in _list(rule.get("asins")))]
    whose = f" from {_account(rule['account'], labels)}" if rule.get("account") else ""
    return f"never review {_or(named)}{whose}: {_RELATIONS.get(str(rule.get('relation')), 'it is close to you')}"


def _mute(rule: Mapping[str, Any], labels: Mapping[str, str]) -> str:
    about = _or(warning_words(code) for code in _list(rule.get("code")))
    item = f" for item {_or(_list(rule['asin']))}" if rule.get("asin") else ""
    where = f" on {_account(rule['account'], labels)}" if rule.get("account") else ""
    return f"no warning about {about}{item}{where}"


def _soften(rule: Mapping[str, Any], labels: Mapping[str, str]) -> str:
    where = f" on {_account(rule['account'], labels)}" if rule.get("account") else ""
    return f"warnings about {_or(warning_words(code) for code in _list(rule.get('code')))}{where} are one level quieter"


def _tag(rule: Mapping[str, Any], _labels: Mapping[str, str]) -> str:
    return f"{match_words(rule['match'])} {'is' if _goes(rule['match']) == 'goes' else 'are'} {rule['tag']}"


def _gift_card(rule: Mapping[str, Any], labels: Mapping[str, str]) -> str:
    return f"gift cards go to {_account(rule['to'], labels)}"


_SENTENCES = {
    "route": _route,
    "ship": lambda rule, labels: _only(rule, labels, "ships", "to"),
    "pay": lambda rule, labels: _only(rule, labels, "pays", "with"),
    "purpose": _purpose,
    "budget": _budget,
    "private": _private,
    "conflict": _conflict,
    "mute": _mute,
    "soften": _soften,
    "tag": _tag,
    "gift_card": _gift_card,
}


def _account(value: Any, labels: Mapping[str, str]) -> str:
    return _or(labels.get(key, key) for key in _list(value))


def _loudness(rule: Mapping[str, Any]) -> str:
    return "; hold the order" if rule.get("strength") == "hard" else ""


def _list(value: Any) -> list[str]:
    return [str(entry) for entry in value] if isinstance(value, list | tuple) else [] if value in (None, "") else [str(value)]


def _or(words: Iterable[str]) -> str:
    return _joined(list(words), "or")


def _and(words: Iterable[str]) -> str:
    return _joined(list(words), "and")


def _joined(words: list[str], link: str) -> str:
    return f"{', '.join(words[:-1])} {link} {words[-1]}" if len(words) > 1 else "".join(words)


def _years(counts: Mapping[int, int]) -> str:
    told = [f"{'once' if times == 1 else f'{times} times'} in {year}" for year, times in sorted(counts.items(), reverse=True) if times]
    return _and(told)
