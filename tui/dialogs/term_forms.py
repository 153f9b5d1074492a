"""The form of a term: its subject, account, days, and the usual details of its kind."""

from collections.abc import Awaitable, Callable, Iterable
from datetime import date

from textual.content import Content

from assistant.domain.accounts.account import Account
from assistant.domain.days import written_day
from assistant.domain.errors import naming_field
from assistant.domain.languages.translating import to_translate, translated
from assistant.domain.languages.words import shown_word
from assistant.domain.term_sentences import DETAILS, KINDS, detail_of, written
from assistant.domain.terms import SHAPES, Term, TermChange, TermKind
from tui.dialogs.form import Answers, FormDialog, FormField
from tui.formatting import capital

_WHAT = {
    "promo": to_translate("Promotion"),
    "asin": to_translate("Product"),
    "service": to_translate("Service"),
    "family": to_translate("Family"),
    "card": to_translate("Card"),
    "order_id": to_translate("Order"),
}
_HINTS = {
    "limit": to_translate("how many are allowed: 1"),
    "text": to_translate("the words of the offer"),
    "every": to_translate("2 months"),
    "compensation": to_translate("what was offered"),
}
_YES_OR_NO = ("yes", "no")
_CHOICES = {
    "scope": ("account", "customer", "household"),
    "plan": ("trial", "paid"),
    "auto_renew": _YES_OR_NO,
    "new_customer": _YES_OR_NO,
    "transferable": _YES_OR_NO,
}


def term_kinds() -> list[tuple[str, Content]]:
    """Return the kinds that a user may note: all except viewed products."""
    return [(kind.value, Content(translated(name))) for kind, name in KINDS.items() if kind is not TermKind.PRODUCT]


def term_form(term: Term, accounts: Iterable[Account], save: Callable[[Term], Awaitable[str]]) -> FormDialog:
    """Return the form of a new term (id 0) or to edit one; `save` gets the term as written."""
    shape, names = SHAPES[term.kind], DETAILS.get(term.kind, ())
    keys = tuple(account.key for account in accounts)
    account = FormField(name="account", label=translated("Account"), value=term.account or "", choices=keys)
    details = (
        FormField(
            name=name,
            label=capital(translated(name.replace("_", " "))),
            value=written(term.details.get(name)),
            hint="" if name in _CHOICES else translated(_HINTS.get(name, "")),
            choices=tuple((word, shown_word(word)) for word in _CHOICES.get(name, ())),
        )
        for name in names
    )
    fields = (
        FormField(name="what", label=translated(_WHAT[shape.what]), value=term.what, hint=translated("its name or number")),
        *((account,) if shape.owned else ()),
        FormField(name="on", label=translated("From") if shape.on == "from" else translated("On"), value=_iso(term.on), hint="2026-11-03"),
        FormField(name="until", label=translated("Until"), value=_iso(term.until), hint="2026-12-03"),
        *details,
    )

    async def checked(answers: Answers) -> str:
        others = {name: value for name, value in term.details.items() if name not in names}
        given = {name: value for name in names if (value := detail_of(answers[name])) is not None}
        return await save(
            Term(
                id=term.id,
                kind=term.kind,
                what=answers["what"],
                account=answers.get("account") or None,
                on=_written("on", answers),
                until=_written("until", answers),
                details={**others, **given},
            )
        )

    about = translated("An empty line means unknown. Pages do not change what you write here.")
    return FormDialog(capital(translated(KINDS[term.kind])), fields, checked, about=about)


def change_between(before: Term, after: Term) -> TermChange:
    """Return the change that turns one term into the other."""
    gone = dict.fromkeys(set(before.details) - set(after.details))
    days = frozenset(name for name in ("on", "until") if getattr(before, name) and not getattr(after, name))
    return TermChange(
        what=after.what, account=after.account, on=after.on, until=after.until, details={**gone, **after.details}, cleared=days
    )


def _written(name: str, answers: Answers) -> date | None:
    with naming_field(name):
        return written_day(answers[name])


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""
