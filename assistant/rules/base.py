"""The base of all rules: a rule looks at a case and yields reasons to warn, or why it does not warn."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from typing import NamedTuple

from assistant.domain.judging.situation import BUYING, JudgedItem, Party, PastOrder
from assistant.domain.judging.user_rules.rules import UserRule
from assistant.domain.judging.verdict import Level, Message, Param, Reason, said
from assistant.rules.case import Case

NOTICE, WARN, BLOCK = Level.NOTICE, Level.WARN, Level.BLOCK_CONFIRM
_LONGEST_TITLE = 60


class Quiet(NamedTuple):
    """Why a rule does not warn; `why` makes the sentence. Every page yields dozens of them, and only `--explain` reads them."""

    why: Callable[[], Message]


Findings = Iterator[Reason | Quiet]


class AfterPurchase(StrEnum):
    """What a reason means for a past purchase: nothing, a warning, or that the purchase is on the wrong account."""

    NOTHING = "nothing"
    WARNING = "warning"
    MISPLACED = "misplaced"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule: the codes it may raise, the pages it runs on, and the function that looks at a case.

    `changed_by` are the kinds of user rules that affect it: trying one of these runs this rule on past orders.
    `recent`: it compares with all recent orders, whatever their items.
    """

    name: str
    codes: tuple[str, ...]
    pages: frozenset[str]
    look: Callable[[Case], Findings]
    changed_by: frozenset[type[UserRule]] = frozenset()
    afterwards: AfterPurchase = AfterPurchase.NOTHING
    recent: bool = False

    @property
    def asks(self) -> Message:
        """The rule as a question."""
        return said(f"asks.{self.name}")


def asked_on(pages: frozenset[str], *codes: str, look: Callable[[Case], Findings]) -> Rule:
    """Make a rule that runs on these pages; none of them is a buying step."""
    if pages & BUYING:
        raise ValueError(codes)
    return Rule(name=look.__name__, codes=codes, pages=pages, look=look)


def asked_on_account(pages: frozenset[str], *codes: str, look: Callable[[Case, Party], Findings]) -> Rule:
    """Make such a rule that only runs if the account of the page is known; the function gets that account too."""
    if pages & BUYING:
        raise ValueError(codes)
    return Rule(name=look.__name__, codes=codes, pages=pages, look=partial(_of_account, look))


def asked_when_buying(
    *codes: str,
    look: Callable[[Case], Findings],
    changed_by: Iterable[type[UserRule]],
    afterwards: AfterPurchase,
    pages: frozenset[str] = BUYING,
) -> Rule:
    """Make a rule that runs on buying steps. It must state which user rules affect it and what it means for past purchases."""
    return Rule(name=look.__name__, codes=codes, pages=pages, look=look, changed_by=frozenset(changed_by), afterwards=afterwards)


def asked_of_buyer(
    *codes: str,
    look: Callable[[Case, Party], Findings],
    changed_by: Iterable[type[UserRule]],
    afterwards: AfterPurchase,
    pages: frozenset[str] = BUYING,
    recent: bool = False,
) -> Rule:
    """Make such a rule that only runs if the account of the page is known; the function gets that account too."""
    return Rule(
        name=look.__name__,
        codes=codes,
        pages=pages,
        look=partial(_of_account, look),
        changed_by=frozenset(changed_by),
        afterwards=afterwards,
        recent=recent,
    )


def _of_account(look: Callable[[Case, Party], Findings], case: Case) -> Findings:
    if case.active is None:
        return iter((quiet("nobody_known"),))
    return look(case, case.active)


def quiet(key: str, /, **params: Param) -> Quiet:
    """Return why a rule does not warn; `key` is in the section `quiet` of the catalogue."""
    return Quiet(partial(said, f"quiet.{key}", **params))


def hard(rule: UserRule) -> Level:
    """Return the level of a broken user rule: hard ones stop the click."""
    return BLOCK if rule.hard else WARN


def rule_name(rule: UserRule) -> Message:
    """Return the name of a user rule, as in the list of rules."""
    return said("parts.rule", number=rule.number)


def title(item: JudgedItem | PastOrder) -> Param:
    """Return the title of an item, shortened to fit in a sentence."""
    return shortened(item.title) if item.title else said("parts.untitled")


def shortened(name: str) -> str:
    """Return a name, shortened to fit in a sentence."""
    return name if len(name) <= _LONGEST_TITLE else f"{name[: _LONGEST_TITLE - 1]}…"


def titles(items: Iterable[JudgedItem]) -> Message:
    """Return items as one subject of a sentence: "'Toner'", "'Toner' and 2 more"."""
    first, *more = list(items)
    return said("parts.titles", title=title(first), more=len(more)) if more else said("parts.title", title=title(first))


def here(case: Case) -> Param:
    """Return the name of the page's account for people."""
    return case.active.label if case.active else said("parts.unregistered")


def joined(names: Iterable[str]) -> Param:
    """Return names as one subject: "Kim", "Kim and Lee"."""
    *before, last = list(names)
    return said("parts.and", names=tuple(before), last=last) if before else last
