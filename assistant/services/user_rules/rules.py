"""Stores, changes and tries user rules. A rule has the parts that it has in a described situation."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from typing import Any

from assistant.domain.clock import Clock
from assistant.domain.errors import Conflict, InvalidInput, NotFound
from assistant.domain.events import EventKind
from assistant.domain.journal import Action
from assistant.domain.judging.user_rules.model import OwnRule, Preview
from assistant.domain.judging.user_rules.parsing import checked_rule
from assistant.domain.judging.user_rules.sentences import learned_words, rule_said, rule_sentence
from assistant.domain.languages.sentences import sentence_of
from assistant.domain.languages.translating import translated
from assistant.rules.described.fields import Fields
from assistant.rules.described.user_rules import read_rule
from assistant.services.books.word_lists import known_word
from assistant.services.user_rules.conflicts import contradictions, says_the_same
from assistant.services.user_rules.preview import preview
from assistant.storage.accounts import register
from assistant.storage.engine import Database
from assistant.storage.products import doubt_all
from assistant.storage.unit_of_work import Session, UnitOfWork
from assistant.storage.user_rules import KeptRule, add_rule, change_rule, kept_rule, kept_rules, remove_rules

_LONGEST = 4000


class UserRules:
    """The list of rules."""

    def __init__(self, database: Database, clock: Clock) -> None:
        """Work on an open ledger."""
        self._database = database
        self._clock = clock

    def all(self) -> list[OwnRule]:
        """Return every rule, oldest first."""
        with self._database.reading() as session:
            return _own_rules(session, self._clock().date())

    def add(self, rule: Mapping[str, Any]) -> OwnRule:
        """Store a rule like {"type": "route", "match": {"words": ["toner"]}, "to": "biz", "strength": "hard"}.

        Raises InvalidInput for an incomplete rule, NotFound for an account, category or purpose that does not exist, Conflict for a
        rule that exists.
        """
        with self._database.writing() as work:
            asked = _checked(work.session, rule)
            same = next((known for known in kept_rules(work.session) if says_the_same(asked, known.written)), None)
            if same is not None:
                raise Conflict(translated("Rule {rule} already says exactly that.", rule=same.id))
            with work.step(Action.RULE_CHANGED, sentence_of("Added the rule: {rule}", rule=rule_said(asked, _labels(work.session)))):
                number = add_rule(work.session, asked["type"], _body(asked), self._clock().isoformat())
                _announce(work, number, asked["type"])
            return _changed(work, number, self._clock().date())

    def edit(self, rule_id: int, rule: Mapping[str, Any]) -> OwnRule:
        """Replace the parts of a rule; its kind stays. A learned rule becomes the user's own. Raises as `add`."""
        with self._database.writing() as work:
            kept = _known(work.session, rule_id)
            if rule.get("type", kept.kind) != kept.kind:
                raise InvalidInput(
                    translated(
                        "Rule {rule} is a {kind} rule, and its kind cannot change. Remove it and add another.", rule=rule_id, kind=kept.kind
                    )
                )
            body = _body(_checked(work.session, {**rule, "type": kept.kind}))
            with work.step(
                Action.RULE_CHANGED, sentence_of("Changed the rule: {rule}", rule=rule_said(kept.written, _labels(work.session)))
            ):
                change_rule(work.session, rule_id, body)
                _announce(work, rule_id, kept.kind)
            return _changed(work, rule_id, self._clock().date())

    def remove(self, rule_id: int) -> None:
        """Delete a rule, also a learned one. Raises NotFound."""
        with self._database.writing() as work:
            kept = _known(work.session, rule_id)
            with work.step(
                Action.RULE_CHANGED, sentence_of("Removed the rule: {rule}", rule=rule_said(kept.written, _labels(work.session)))
            ):
                remove_rules(work.session, [rule_id])
                _announce(work, rule_id, kept.kind)
            work.commit()

    def preview(self, rule: Mapping[str, Any], instead_of: int | None = None) -> Preview:
        """Return what a rule would have done to past orders, and which rules contradict it; stores nothing. Raises as `add`."""
        with self._database.reading() as session:
            asked = _checked(session, rule)
            others = [known.written for known in kept_rules(session) if known.id != instead_of and not says_the_same(asked, known.written)]
            accounts = register.accounts_by_id(session)
            labels = {account.key: account.label for account in accounts.values()}
            read = [read_rule(Fields(one), place) for place, one in enumerate([*others, asked], 1)]
            found = preview(session, tuple(one for one in read if one is not None), accounts)
            return replace(found, contradictions=contradictions(asked, others, labels, self._clock().date()))


def _own_rules(session: Session, today: date) -> list[OwnRule]:
    labels, kept = _labels(session), kept_rules(session)
    return [
        OwnRule(
            id=one.id,
            body={"type": one.kind, **one.body},
            text=rule_sentence(one.written, labels),
            since=datetime.fromisoformat(one.created_at).date(),
            learned_from=learned_words(one.origin) if one.origin else None,
            contradictions=contradictions(one.written, [other.written for other in kept], labels, today),
        )
        for one in kept
    ]


def _checked(session: Session, rule: Mapping[str, Any]) -> dict[str, Any]:
    if len(str(rule)) > _LONGEST:
        raise InvalidInput(translated("The rule is too long. Split it into several."))
    return checked_rule(rule, partial(_word, session))


def _word(session: Session, kind: str, name: str) -> str:
    return register.account_row(session, name).key if kind == "account" else known_word(session, kind, name)


def _body(rule: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in rule.items() if name != "type"}


def _known(session: Session, rule_id: int) -> KeptRule:
    kept = kept_rule(session, rule_id)
    if kept is None:
        raise NotFound(translated("There is no rule {rule}. 'shopper rules list' shows them.", rule=rule_id))
    return kept


def _labels(session: Session) -> dict[str, str]:
    return {row.key: row.label for row in register.account_rows(session)}


def _changed(work: UnitOfWork, rule_id: int, today: date) -> OwnRule:
    work.commit()
    return next(rule for rule in _own_rules(work.session, today) if rule.id == rule_id)


def _announce(work: UnitOfWork, rule_id: int, kind: str) -> None:
    if kind == "tag":
        doubt_all(work.session)
    work.tell(EventKind.RULES_CHANGED, rule=rule_id)
