"""What a rule is: asked about a situation, it finds reasons to speak, and says what it saw where it keeps quiet."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial

from assistant.domain.judging.verdict import Level, Reason
from assistant.rules.facts import Fact
from assistant.rules.parties import Party
from assistant.rules.situation import Situation

NOTICE, WARN, BLOCK = Level.NOTICE, Level.WARN, Level.BLOCK_CONFIRM
_LONGEST_TITLE = 60


@dataclass(frozen=True, slots=True)
class Quiet:
    """What a rule saw and why that is no reason to speak, in one sentence; one that is dear to find waits until somebody asks."""

    why: str | Callable[[], str]

    def __str__(self) -> str:
        return self.why if isinstance(self.why, str) else self.why()


Findings = Iterator[Reason | Quiet]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One question: the codes it may raise, the pages it is asked on, what it asks, and how it looks at a situation there."""

    codes: tuple[str, ...]
    pages: frozenset[str]
    asks: str
    look: Callable[[Situation], Findings]


def asked_on(pages: frozenset[str], *codes: str) -> Callable[[Callable[[Situation], Findings]], Rule]:
    """Make a rule of a function; it is asked on these pages only. Its docstring tells what it asks."""
    return lambda look: Rule(codes=codes, pages=pages, asks=look.__doc__ or "", look=look)


def asked_of_account(pages: frozenset[str], *codes: str) -> Callable[[Callable[[Situation, Party], Findings]], Rule]:
    """Make a rule of a function that needs to know whose page it is: it gets the active account too."""
    return lambda look: Rule(codes=codes, pages=pages, asks=look.__doc__ or "", look=partial(_of_account, look))


def _of_account(look: Callable[[Situation, Party], Findings], situation: Situation) -> Findings:
    if situation.active is None:
        return iter((Quiet("No registered account is known to be signed in here."),))
    return look(situation, situation.active)


def hard(rule: Fact) -> Level:
    """Return how loud a broken rule of the user is: hard ones stop the click."""
    return BLOCK if (rule.text("strength") or "").lower() == "hard" else WARN


def rule_name(situation: Situation, rule: Fact) -> str:
    """Return a rule of the user as its list shows it: by its own number, else by its place."""
    place = next((number for number, known in enumerate(situation.rules, 1) if known is rule), 0)
    return f"rule {rule.text('id') or place}"


def title(item: Fact) -> str:
    """Return what a thing is called, cut to fit in a sentence."""
    return shortened(item.text("title") or "This thing")


def shortened(name: str) -> str:
    """Return a name cut to fit in a sentence."""
    return name if len(name) <= _LONGEST_TITLE else f"{name[: _LONGEST_TITLE - 1]}…"


def titles(items: Iterable[Fact]) -> str:
    """Return things as one subject of a sentence: "'Toner'", "'Toner' and 2 more"."""
    first, *more = list(items)
    return f"'{title(first)}'" + (f" and {len(more)} more" if more else "")
