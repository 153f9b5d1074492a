"""What a rule is: asked about a case, it finds reasons to speak, and says why it keeps quiet otherwise."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import partial

from assistant.domain.judging.situation import BUYING, JudgedItem, Party, PastOrder
from assistant.domain.judging.user_rules.rules import UserRule
from assistant.domain.judging.verdict import Level, Message, Param, Reason, said
from assistant.rules.case import Case

NOTICE, WARN, BLOCK = Level.NOTICE, Level.WARN, Level.BLOCK_CONFIRM
_LONGEST_TITLE = 60


@dataclass(frozen=True, slots=True)
class Quiet:
    """Why a rule keeps quiet, in one sentence; one that is dear to find waits until somebody asks."""

    why: Message | Callable[[], Message]

    @property
    def message(self) -> Message:
        """The sentence."""
        return self.why if isinstance(self.why, Message) else self.why()


Findings = Iterator[Reason | Quiet]


class AfterPurchase(StrEnum):
    """What a reason is worth once the purchase is made: nothing, a warning, or that the purchase is on the wrong account."""

    NOTHING = "nothing"
    WARNING = "warning"
    MISPLACED = "misplaced"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One question: the codes it may raise, the pages it is asked on, and how it looks at a case.

    `changed_by` are the kinds of user rules that change its answer: trying one asks this rule about past orders.
    `recent`: it compares with all orders of the last days, whatever their items.
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
        """What it asks, as a question."""
        return said(f"asks.{self.name}")


def asked_on(pages: frozenset[str], *codes: str, look: Callable[[Case], Findings]) -> Rule:
    """Make a rule that is asked on these pages; none of them is a buying step."""
    if pages & BUYING:
        raise ValueError(codes)
    return Rule(name=look.__name__, codes=codes, pages=pages, look=look)


def asked_on_account(pages: frozenset[str], *codes: str, look: Callable[[Case, Party], Findings]) -> Rule:
    """Make such a rule that needs to know whose page it is: it gets the active account too."""
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
    """Make a rule that is asked on buying steps. It must say which user rules change it and what it is worth afterwards."""
    return Rule(name=look.__name__, codes=codes, pages=pages, look=look, changed_by=frozenset(changed_by), afterwards=afterwards)


def asked_of_buyer(
    *codes: str,
    look: Callable[[Case, Party], Findings],
    changed_by: Iterable[type[UserRule]],
    afterwards: AfterPurchase,
    pages: frozenset[str] = BUYING,
    recent: bool = False,
) -> Rule:
    """Make such a rule that needs to know whose page it is: it gets the active account too."""
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
    """Return why a rule keeps quiet; `key` is in the section `quiet` of the catalogue."""
    return Quiet(said(f"quiet.{key}", **params))


def hard(rule: UserRule) -> Level:
    """Return how loud a broken rule of the user is: hard ones stop the click."""
    return BLOCK if rule.hard else WARN


def rule_name(rule: UserRule) -> Message:
    """Return a rule of the user as its list shows it."""
    return said("parts.rule", number=rule.number)


def title(item: JudgedItem | PastOrder) -> Param:
    """Return what an item is called, cut to fit in a sentence."""
    return shortened(item.title) if item.title else said("parts.untitled")


def shortened(name: str) -> str:
    """Return a name cut to fit in a sentence."""
    return name if len(name) <= _LONGEST_TITLE else f"{name[: _LONGEST_TITLE - 1]}…"


def titles(items: Iterable[JudgedItem]) -> Message:
    """Return items as one subject of a sentence: "'Toner'", "'Toner' and 2 more"."""
    first, *more = list(items)
    return said("parts.titles", title=title(first), more=len(more)) if more else said("parts.title", title=title(first))


def here(case: Case) -> Param:
    """Return what people call the account of the page."""
    return case.active.label if case.active else said("parts.unregistered")


def joined(names: Iterable[str]) -> Param:
    """Return names as one subject: "Kim", "Kim and Lee"."""
    *before, last = list(names)
    return said("parts.and", names=tuple(before), last=last) if before else last
