"""What a filter can know about an import, a step of the history, a rule, a term, a question, a claim, a line of a statement."""

from collections.abc import Mapping
from typing import Any

from assistant.domain.books.claims import Claim
from assistant.domain.books.questions import Question
from assistant.domain.books.statements.card_charges import CardCharge, MatchedLine
from assistant.domain.documents import ImportResult, WaitingFile
from assistant.domain.journal import Step
from assistant.domain.judging.user_rules.model import Habit, OwnRule, words_of
from assistant.domain.languages.translating import to_translate
from assistant.domain.money import Money
from assistant.domain.rows.row_filter import AMOUNTS, RowFacts
from assistant.domain.terms import Term

KEYS: Mapping[str, tuple[str, ...]] = {
    to_translate("imports"): ("account", "date"),
    to_translate("the history"): ("person", "date"),
    to_translate("rules"): ("account", "cat", "date"),
    to_translate("terms"): ("account", "date"),
    to_translate("questions"): ("account", "date", "cur", "item", AMOUNTS),
    to_translate("claims"): ("account", "date", "cur", "item", AMOUNTS),
    to_translate("statements"): ("account", "date", "cur", AMOUNTS),
}
"""The keys of the filter language that the rows of each list know."""


def import_facts(result: ImportResult) -> RowFacts:
    """Return the facts of an import: its file, its kind, whether it could be read."""
    accounts = (result.account,) if result.account else ()
    return RowFacts(words=f"{result.name} {result.kind} {result.state}", accounts=accounts, day=result.at.astimezone().date())


def waiting_facts(waiting: WaitingFile) -> RowFacts:
    """Return the facts of a file that waits in the drop folder."""
    return RowFacts(words=f"{waiting.name} {waiting.reason} waiting", accounts=(waiting.account,) if waiting.account else ())


def step_facts(step: Step) -> RowFacts:
    """Return the facts of a step of the history; its person is who did it."""
    return RowFacts(words=f"{step.what} {step.why} {step.who} {step.action.value}", person=step.who, day=step.at.astimezone().date())


def rule_facts(rule: OwnRule) -> RowFacts:
    """Return the facts of a rule: the accounts and categories that it names."""
    body = rule.body
    match: Any = body.get("match") or {}
    categories = [*words_of(body.get("category")), *words_of(body.get("business_categories")), *words_of(match.get("category"))]
    accounts = (*words_of(body.get("account")), *words_of(body.get("to")))
    return RowFacts(
        words=f"{rule.text} {body.get('type')}", accounts=accounts, categories={word.casefold() for word in categories}, day=rule.since
    )


def habit_facts(habit: Habit) -> RowFacts:
    """Return the facts of a habit that could become a rule."""
    categories = {habit.name.casefold()} if habit.kind == "category" else set()
    return RowFacts(words=f"{habit.title} {habit.name} {habit.kind}", accounts=(habit.account,), categories=categories, day=habit.last)


def term_facts(term: Term) -> RowFacts:
    """Return the facts of a term; its day is when it was used or began, else when it ends."""
    said = " ".join(str(value) for value in term.details.values() if isinstance(value, str))
    accounts = (term.account,) if term.account else ()
    return RowFacts(words=f"{term.what} {_name_of(term.kind.value)} {said}", accounts=accounts, day=term.on or term.until)


def question_facts(question: Question) -> RowFacts:
    """Return the facts of a question about the books."""
    words = f"{question.text} {question.title or ''} {question.number or ''} {_name_of(question.code.value)}"
    return RowFacts(words=words, accounts=(question.account,), day=question.on, amount=question.amount)


def claim_facts(claim: Claim) -> RowFacts:
    """Return the facts of a claim; it is of both accounts."""
    words = f"{claim.title or ''} {claim.number} {claim.state.value}"
    return RowFacts(words=words, accounts=(claim.owes, claim.paid), day=claim.opened, amount=claim.amount)


def statement_facts(line: MatchedLine) -> RowFacts:
    """Return the facts of a line of a statement; its accounts are those of the charges that it pays for."""
    found = line.entry.line
    charges = line.match.charges if line.match else ()
    words = f"{found.text} {line.state.value} {' '.join(charge.number for charge in charges)}"
    return RowFacts(words=words, accounts={charge.account for charge in charges}, day=found.on, amount=found.amount)


def charge_facts(charge: CardCharge) -> RowFacts:
    """Return the facts of a charge that no statement has."""
    amount = Money(charge.amount, charge.currency)
    return RowFacts(words=f"{charge.number} missing", accounts=(charge.account,), day=charge.on, amount=amount)


def _name_of(code: str) -> str:
    """Return a code as lists print it, and as people write it."""
    return f"{code} {code.replace('_', ' ').replace('-', ' ')}"
