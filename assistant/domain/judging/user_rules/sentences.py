"""User rules as sentences: "'toner' or 'ink' goes to Ortiz Design; hold the order".

They are put together of sentences for every language, because the history keeps them for readers whose language is not known.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import reduce
from typing import Any

from assistant.domain.judging.sentences import catalogue
from assistant.domain.languages.labels import label_said
from assistant.domain.languages.sentences import Sentence, counted_sentence, sentence_of

Labels = Mapping[str, str]
"""Names of accounts by their keys."""
Words = str | Sentence
_RELATIONS = {
    "own": sentence_of("it is your own business"),
    "relative": sentence_of("it belongs to a relative"),
    "friend": sentence_of("it belongs to a close friend"),
    "employer": sentence_of("it belongs to an employer"),
    "competitor": sentence_of("it belongs to a competitor"),
}
_CLOSE = sentence_of("it is close to you")


def rule_sentence(rule: Mapping[str, Any], labels: Labels) -> str:
    """Return a rule in words, in the current language; `labels` are account names by key."""
    return str(rule_said(rule, labels))


def rule_said(rule: Mapping[str, Any], labels: Labels) -> Sentence:
    """Return a rule in words, for every language; `labels` are account names by key."""
    said = _SENTENCES[str(rule["type"])](rule, labels)
    if rule.get("until"):
        said = sentence_of("{rule} until {day}", rule=said, day=str(rule["until"]))
    if rule.get("strength") == "hard":
        said = sentence_of("{rule}; hold the order", rule=said)
    return replace(said, capital=True)


def warning_words(code: str) -> Sentence:
    """Return what a warning is about, for every language."""
    return Sentence(catalogue()["reasons"].get(code, {}).get("about", code.replace("_", " ").lower()))


def warnings_in_words() -> list[tuple[str, Sentence]]:
    """Return the warnings that a rule can be about: the code of each, and what it is about."""
    return [(code, replace(warning_words(code), capital=True)) for code, said in catalogue()["reasons"].items() if "about" in said]


def learned_words(origin: Mapping[str, Any]) -> str:
    """Return which answer a learned rule comes from: "you said 'always right' on 2026-11-25, warned about the card"."""
    about, day = warning_words(str(origin.get("code"))), str(origin.get("on"))
    if origin.get("choice") == "continue":
        return str(sentence_of("you ordered anyway on {day}, asked about {about}", day=day, about=about))
    if origin.get("choice") == "always_right":
        return str(sentence_of("you said 'always right' on {day}, warned about {about}", day=day, about=about))
    return str(sentence_of("you said twice that you stay with the other account on {day}, warned about {about}", day=day, about=about))


def preview_sentence(warned: Mapping[int, int], silenced: Mapping[int, int], orders: int) -> str:
    """Return what a rule would have done: "Would have warned 3 times in 2025 and once in 2024."."""
    told = [sentence_of("would have warned {times}", times=_years(warned))] if sum(warned.values()) else []
    told += [sentence_of("would have hidden a warning {times}", times=_years(silenced))] if sum(silenced.values()) else []
    if told:
        what = told[0] if len(told) == 1 else sentence_of("{first}; {second}", first=told[0], second=told[1])
        return str(sentence_of("{what} ({count} past orders).", what=replace(what, capital=True), count=orders))
    if not orders:
        return str(sentence_of("There are no past orders to try it on."))
    return str(sentence_of("Would have changed nothing ({count} past orders).", count=orders))


def match_words(match: Mapping[str, Any]) -> Words:
    """Return what a rule is about: "'toner' or 'ink' in office, sold by Acme, from 50 USD"."""
    parts: list[Words] = []
    words, price = _list(match.get("words")), match.get("price") or {}
    if words:
        parts.append(_or(f"'{word}'" for word in words))
    if match.get("asin"):
        items = _or(_list(match["asin"]))
        parts.append(sentence_of("(item {items})", items=items) if words else sentence_of("item {items}", items=items))
    if match.get("category"):
        names = _or(_named("category", match["category"]))
        parts.append(sentence_of("in {categories}", categories=names) if parts else sentence_of("items in {categories}", categories=names))
    if match.get("brand"):
        names = _or(_list(match["brand"]))
        parts.append(sentence_of("by {brands}", brands=names) if parts else sentence_of("items by {brands}", brands=names))
    if match.get("seller"):
        names = _or(_list(match["seller"]))
        parts.append(sentence_of("sold by {sellers}", sellers=names) if parts else sentence_of("items sold by {sellers}", sellers=names))
    if price.get("min") or price.get("max"):
        bounds = _price(price)
        parts.append(bounds if parts else sentence_of("items {bounds}", bounds=bounds))
    return reduce(lambda before, part: sentence_of("{before} {part}", before=before, part=part), parts) if parts else ""


def _price(price: Mapping[str, Any]) -> Sentence:
    unit = f" {price['currency']}" if price.get("currency") else ""
    least, most = f"{price.get('min')}", f"{price.get('max')}{unit}"
    if price.get("min") and price.get("max"):
        return sentence_of("from {least} up to {most}", least=least, most=most)
    return sentence_of("up to {most}", most=most) if price.get("max") else sentence_of("from {least}", least=f"{least}{unit}")


def _route(rule: Mapping[str, Any], labels: Labels) -> Sentence:
    items, account = match_words(rule["match"]), _account(rule["to"], labels)
    if _is_one(rule["match"]):
        return sentence_of("{items} goes to {account}", items=items, account=account)
    return sentence_of("{items} go to {account}", items=items, account=account)


def _is_one(match: Mapping[str, Any]) -> bool:
    return bool(match.get("words") or match.get("asin"))


def _ship(rule: Mapping[str, Any], labels: Labels) -> Sentence:
    account, only, also = _account(rule["account"], labels), _list(rule.get("only")), _list(rule.get("also"))
    if only and also:
        return sentence_of("{account} ships only to {only} and may also ship to {also}", account=account, only=_or(only), also=_or(also))
    if only:
        return sentence_of("{account} ships only to {only}", account=account, only=_or(only))
    return sentence_of("{account} may also ship to {also}", account=account, also=_or(also))


def _pay(rule: Mapping[str, Any], labels: Labels) -> Sentence:
    account, only, also = _account(rule["account"], labels), _list(rule.get("only")), _list(rule.get("also"))
    if only and also:
        return sentence_of("{account} pays only with {only} and may also pay with {also}", account=account, only=_or(only), also=_or(also))
    if only:
        return sentence_of("{account} pays only with {only}", account=account, only=_or(only))
    return sentence_of("{account} may also pay with {also}", account=account, also=_or(also))


def _purpose(rule: Mapping[str, Any], labels: Labels) -> Sentence:
    named: list[Words] = [
        *_named("category", rule.get("business_categories")),
        *(f"'{word}'" for word in _list(rule.get("business_words"))),
    ]
    words, several = _and(named), len(named) > 1
    if not rule.get("account"):
        if several:
            return sentence_of("{words} are business on every business account", words=words)
        return sentence_of("{words} is business on every business account", words=words)
    account = _account(rule["account"], labels)
    if several:
        return sentence_of("{words} are business on {account}", words=words, account=account)
    return sentence_of("{words} is business on {account}", words=words, account=account)


def _budget(rule: Mapping[str, Any], labels: Labels) -> Sentence:
    spent = _and([*([_account(rule["account"], labels)] if rule.get("account") else []), *_named("purpose", rule.get("purpose"))])
    categories = _named("category", rule.get("category"))
    about: Words = _or(categories) if categories else spent
    if categories and spent:
        about = sentence_of("{categories} on {account}", categories=about, account=spent)
    unit = rule["currency"]
    if rule.get("month"):
        said = sentence_of("at most {amount} a month for {about}", amount=f"{rule['month']} {unit}", about=about)
    else:
        said = sentence_of("at most {amount} a year for {about}", amount=f"{rule['year']} {unit}", about=about)
    return sentence_of("{budget}, and what is left since {month}", budget=said, month=str(rule["carry"])) if rule.get("carry") else said


def _private(rule: Mapping[str, Any], labels: Labels) -> Sentence:
    named: list[Words] = [sentence_of("order {number}", number=number) for number in _list(rule.get("order_id"))]
    named += [sentence_of("item {items}", items=asin) for asin in _list(rule.get("asin"))]
    what: Words = _or(named) if named else sentence_of("every order")
    if rule.get("account"):
        what = sentence_of("{what} of {account}", what=what, account=_account(rule["account"], labels))
    if rule.get("reveal") == "never":
        return sentence_of("{what} is private: others see nothing of it", what=what)
    return sentence_of("{what} is private: others get a neutral hint", what=what)


def _conflict(rule: Mapping[str, Any], labels: Labels) -> Sentence:
    named: list[Words] = [*_list(rule.get("brands")), *_list(rule.get("sellers"))]
    named += [sentence_of("item {items}", items=asin) for asin in _list(rule.get("asins"))]
    why = _RELATIONS.get(str(rule.get("relation")), _CLOSE)
    if rule.get("account"):
        account = _account(rule["account"], labels)
        return sentence_of("never review {named} from {account}: {why}", named=_or(named), account=account, why=why)
    return sentence_of("never review {named}: {why}", named=_or(named), why=why)


def _mute(rule: Mapping[str, Any], labels: Labels) -> Sentence:
    said = sentence_of("no warning about {about}", about=_or(warning_words(code) for code in _list(rule.get("code"))))
    if rule.get("asin"):
        said = sentence_of("{rule} for item {items}", rule=said, items=_or(_list(rule["asin"])))
    return sentence_of("{rule} on {account}", rule=said, account=_account(rule["account"], labels)) if rule.get("account") else said


def _soften(rule: Mapping[str, Any], labels: Labels) -> Sentence:
    about = _or(warning_words(code) for code in _list(rule.get("code")))
    if rule.get("account"):
        account = _account(rule["account"], labels)
        return sentence_of("warnings about {about} on {account} are one level quieter", about=about, account=account)
    return sentence_of("warnings about {about} are one level quieter", about=about)


def _tag(rule: Mapping[str, Any], _labels: Labels) -> Sentence:
    items, category = match_words(rule["match"]), _named("category", rule["tag"])[0]
    if _is_one(rule["match"]):
        return sentence_of("{items} is {category}", items=items, category=category)
    return sentence_of("{items} are {category}", items=items, category=category)


def _gift_card(rule: Mapping[str, Any], labels: Labels) -> Sentence:
    return sentence_of("gift cards go to {account}", account=_account(rule["to"], labels))


_SENTENCES = {
    "route": _route,
    "ship": _ship,
    "pay": _pay,
    "purpose": _purpose,
    "budget": _budget,
    "private": _private,
    "conflict": _conflict,
    "mute": _mute,
    "soften": _soften,
    "tag": _tag,
    "gift_card": _gift_card,
}


def _account(value: Any, labels: Labels) -> Words:
    return _or(labels.get(key, key) for key in _list(value))


def _list(value: Any) -> list[str]:
    return [str(entry) for entry in value] if isinstance(value, list | tuple) else [] if value in (None, "") else [str(value)]


def _named(kind: str, value: Any) -> list[Words]:
    return [label_said(kind, word) for word in _list(value)]


def _or(words: Iterable[Words]) -> Words:
    found = tuple(words)
    return sentence_of("{words} or {last}", words=found[:-1], last=found[-1]) if len(found) > 1 else _only(found)


def _and(words: Iterable[Words]) -> Words:
    found = tuple(words)
    return sentence_of("{words} and {last}", words=found[:-1], last=found[-1]) if len(found) > 1 else _only(found)


def _only(words: Sequence[Words]) -> Words:
    return words[0] if words else ""


def _years(counts: Mapping[int, int]) -> Words:
    return _and(
        sentence_of("once in {year}", year=str(year))
        if times == 1
        else counted_sentence("{count} time in {year}", "{count} times in {year}", times, year=str(year))
        for year, times in sorted(counts.items(), reverse=True)
        if times
    )
