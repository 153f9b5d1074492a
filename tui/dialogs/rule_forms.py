"""The form of a rule: one line for each of its parts."""

from collections.abc import Awaitable, Callable, Iterable, Mapping
from typing import Any

from textual.content import Content

from assistant.domain.accounts.account import Account
from assistant.domain.categories import CATEGORIES
from assistant.domain.judging.user_rules.kinds import KINDS, Part
from assistant.domain.judging.user_rules.parsing import read_rule, written_rule
from assistant.domain.judging.user_rules.sentences import warnings_in_words
from assistant.domain.languages.labels import shown_label
from assistant.domain.languages.translating import to_translate, translated
from assistant.domain.languages.words import shown_word
from tui.dialogs.account_forms import describe_addresses, describe_cards
from tui.dialogs.form import Answers, FormDialog, FormField
from tui.formatting import plain

_KINDS = {"category": "category", "tag": "category", "purpose": "purpose"}
_SHOWN = {
    "soft": to_translate("Warn"),
    "hard": to_translate("Hold the order until you confirm"),
    "hint": to_translate("That there is something, not what"),
    "never": to_translate("Nothing"),
}
"""Words of rules that need an explanation, as people read them."""
_DESCRIBED = {"address": describe_addresses, "card": describe_cards}


def kind_choices() -> list[tuple[str, Content]]:
    """Return the kinds of rules to choose from."""
    return [(kind.name, Content(translated(kind.label))) for kind in KINDS.values()]


def new_rule(kind: str, currency: str) -> dict[str, str]:
    """Return a new rule of a kind with what is already known of it: a budget has a currency."""
    return {"type": kind, **({"currency": currency} if kind == "budget" else {})}


def rule_form(
    rule: Mapping[str, Any],
    accounts: Iterable[Account],
    save: Callable[[Mapping[str, Any]], Awaitable[str]],
    then: str | None = None,
) -> FormDialog:
    """Return the form of a new rule (with only its type) or to edit one; `save` gets the rule."""
    kind = KINDS[str(rule["type"])]
    lines, named = written_rule(rule), tuple((account.key, plain(account.label)) for account in accounts)
    fields = tuple(
        FormField(
            name=part.name,
            label=translated(part.label) + (" *" if part.name in kind.needs else ""),
            value=_shown_words(part, lines[part.name]),
            hint="" if part.kind == "code" or part.one_of else translated(part.hint),
            choices=() if part.many and part.kind != "code" else _choices(part, named),
            suggest=[text for _, text in _choices(part, named)] if part.many else (),
            required=part.name in kind.needs,
            describe=_DESCRIBED.get(part.kind),
        )
        for part in kind.parts
    )

    async def checked(answers: Answers) -> str:
        return await save(read_rule(kind.name, answers))

    about = [translated("An empty line means any. Separate lists with commas."), then or translated("You see the effect before you save.")]
    return FormDialog(translated(kind.label), fields, checked, about=" ".join(about))


def _choices(part: Part, accounts: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    """Return the words to choose from, each with how people read it."""
    if part.kind == "account":
        return accounts
    if part.kind == "code":
        return tuple((code, str(said)) for code, said in warnings_in_words())
    if part.one_of:
        return tuple((word, translated(_SHOWN[word]) if word in _SHOWN else shown_word(word)) for word in part.one_of)
    words = CATEGORIES if part.kind in ("category", "tag") else ()
    return tuple((word, shown_label(_KINDS[part.kind], word)) for word in words)


def _shown_words(part: Part, text: str) -> str:
    """Return a line of a rule as people read it: they may type labels in their own language, and rules keep them in English."""
    if part.kind not in _KINDS or not part.many:
        return text
    return ", ".join(shown_label(_KINDS[part.kind], word.strip()) for word in text.split(",")) if text else ""
