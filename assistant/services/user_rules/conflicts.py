"""Finds user rules that contradict each other, and which one applies."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from assistant.domain.judging.user_rules.sentences import rule_sentence
from assistant.domain.languages.translating import translated
from assistant.domain.text import fold
from assistant.rules.case import Case
from assistant.rules.described.fields import decimal
from assistant.rules.described.reading import read_situation
from assistant.rules.families.routing import route

_PARTS = ("words", "category", "asin", "brand", "seller")
Rule = Mapping[str, Any]


def contradictions(rule: Rule, others: Iterable[Rule], labels: Mapping[str, str], today: date) -> tuple[str, ...]:
    """Return a sentence for each contradicting rule and which one applies; `labels` are account names by key.

    A rule whose last day is past contradicts nothing.
    """
    told = []
    for other in others if _lasts(rule, today) else ():
        if other["type"] == rule["type"] and other.get("id") != rule.get("id") and _lasts(other, today):
            decides = next(_DECIDES.get(str(rule["type"]), _nothing)(rule, other), None)
            if decides:
                told.append(
                    translated(
                        "Rule {id} says otherwise ({rule}). {decides}", id=other["id"], rule=rule_sentence(other, labels), decides=decides
                    )
                )
    return tuple(told)


def _lasts(rule: Rule, today: date) -> bool:
    return not rule.get("until") or date.fromisoformat(str(rule["until"])) >= today


def says_the_same(rule: Rule, other: Rule) -> bool:
    """Return whether two rules are equal in every part."""
    return {name: rule[name] for name in rule if name != "id"} == {name: other[name] for name in other if name != "id"}


def _routes(rule: Rule, other: Rule) -> Iterator[str]:
    if rule["to"] == other["to"] or not _overlap(rule["match"], other["match"]):
        return
    winner, reverse = _followed(rule, [rule, other]), _followed(rule, [other, rule])
    followed = translated("This one") if winner.get("id") == rule.get("id") else translated("Rule {id}", id=other["id"])
    if (rule.get("strength") == "hard") != (other.get("strength") == "hard"):
        yield translated("{rule} is followed: it holds the order, the other only warns.", rule=followed)
    elif winner is reverse:
        yield translated("{rule} is followed: it describes the item more closely.", rule=followed)
    else:
        is_older = "id" not in rule or rule["id"] > other["id"]
        older = translated("Rule {id}", id=other["id"]) if is_older else translated("This one")
        yield translated("{rule} is followed: it is the older one.", rule=older)


def _followed(rule: Rule, rules: Sequence[Rule]) -> Rule:
    """Return the rule that the engine follows for an item that both match."""
    matches = [entry["match"] for entry in rules]
    item = {
        "title": " ".join(word for match in matches for word in match.get("words", ())),
        "price": next((price for match in matches for name in ("min", "max") if (price := (match.get("price") or {}).get(name))), None),
        **{name: _shared(matches, name) for name in _PARTS[1:]},
    }
    accounts = [{"key": entry["to"]} for entry in rules]
    numbered = [{**entry, "id": place} for place, entry in enumerate(rules)]
    case = Case(read_situation({"accounts": accounts, "rules": numbered, "event": {"items": [item]}}))
    found = route(case, case.items[0])
    return rules[int(found[0].number)] if found else rule


def _shared(matches: Sequence[Mapping[str, Any]], name: str) -> str | None:
    given = [{fold(str(word)): str(word) for word in match.get(name, ())} for match in matches]
    common = set.intersection(*(set(words) for words in given if words)) if any(given) else set()
    return next((words[word] for words in given for word in sorted(common) if word in words), None)


def _overlap(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Return whether two matches share a value in some part and exclude each other in no part."""
    shared = False
    for name in _PARTS:
        mine, yours = ({fold(str(word)) for word in match.get(name, ())} for match in (one, other))
        if not mine or not yours:
            continue
        if mine & yours:
            shared = True
        elif name != "words":
            return False
    return shared and _prices_meet(one.get("price") or {}, other.get("price") or {})


def _prices_meet(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    if one.get("currency") != other.get("currency"):
        return not (one.get("currency") and other.get("currency"))
    ends = [(decimal(price.get("min")) or Decimal(0), decimal(price.get("max"))) for price in (one, other)]
    lowest = max(least for least, _ in ends)
    return all(most is None or lowest <= most for _, most in ends)


def _allowances(rule: Rule, other: Rule) -> Iterator[str]:
    if rule["account"] == other["account"] and set(rule.get("only", ())) != set(other.get("only", ())) and rule.get("only"):
        yield translated("Addresses and cards that one of them allows are allowed.")


def _privacies(rule: Rule, other: Rule) -> Iterator[str]:
    same = all(rule.get(name) == other.get(name) for name in ("account", "order_id", "asin"))
    if same and rule["reveal"] != other["reveal"]:
        yield translated("The older one is followed.")


def _budgets(rule: Rule, other: Rule) -> Iterator[str]:
    same = all(rule.get(name) == other.get(name) for name in ("account", "purpose", "category", "currency"))
    if same and rule.get("month") and other.get("month") and rule["month"] != other["month"]:
        yield translated("Both apply: the one with the lower amount warns first.")


def _gift_cards(rule: Rule, other: Rule) -> Iterator[str]:
    if rule["to"] != other["to"]:
        yield translated("There is no warning on either account; on others the older rule applies.")


def _tags(rule: Rule, other: Rule) -> Iterator[str]:
    if rule["tag"] != other["tag"] and _overlap(rule["match"], other["match"]):
        yield translated("The older one decides the category.")


def _nothing(_rule: Rule, _other: Rule) -> Iterator[str]:
    yield from ()


_DECIDES = {
    "route": _routes,
    "ship": _allowances,
    "pay": _allowances,
    "private": _privacies,
    "budget": _budgets,
    "gift_card": _gift_cards,
    "tag": _tags,
}
