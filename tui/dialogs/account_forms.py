"""Forms to register and edit an account."""

from collections.abc import Awaitable, Callable, Sequence

from assistant.domain.accounts.account import COLOURS, SYMBOLS, Account, AccountChange, Purpose
from assistant.domain.accounts.address_parts import understood
from assistant.domain.accounts.addresses import addresses_in
from assistant.domain.accounts.cards import same_spelling
from assistant.domain.languages.labels import shown_purpose
from assistant.domain.languages.translating import to_translate, translated
from assistant.domain.languages.words import shown_word
from tui.dialogs.form import Answers, FormDialog, FormField, translated_choices

_PURPOSES = tuple(purpose.value for purpose in Purpose)
_STATUS = (("ok", to_translate("fine")), ("on_hold", to_translate("on hold")), ("closed_by_amazon", to_translate("closed by Amazon")))
_LISTS = ("marketplaces", "cards", "addresses")


def registration(save: Callable[[str, str], Awaitable[str]], label: str = "", purposes: Sequence[str] = _PURPOSES) -> FormDialog:
    """Return the form of a new account; `save` is given its label and purpose."""
    fields = (
        FormField(
            name="label", label=translated("Name"), value=label, hint=translated("Personal, Ortiz Design, Household …"), required=True
        ),
        _purpose_field(Purpose.PERSONAL.value, purposes),
    )

    async def checked(answers: Answers) -> str:
        return await save(answers["label"], answers["purpose"])

    about = translated("Colour, symbol and letters are chosen so that no two accounts look alike. You can change them later.")
    return FormDialog(translated("A new account"), fields, checked, about=about)


def edition(account: Account, save: Callable[[AccountChange], Awaitable[str]], purposes: Sequence[str] = _PURPOSES) -> FormDialog:
    """Return the form that changes an account."""

    async def checked(answers: Answers) -> str:
        return await save(change_of(account, answers))

    return FormDialog(
        translated("Change this account"),
        (*_looks(account, purposes), *_facts(account)),
        checked,
        about=translated("← → turn a choice. Commas separate marketplaces and cards, semicolons addresses."),
    )


def _looks(account: Account, purposes: Sequence[str]) -> tuple[FormField, ...]:
    colours = tuple((entry.name, shown_word(entry.name)) for entry in COLOURS)
    return (
        FormField(name="label", label=translated("Name"), value=account.label, required=True),
        _purpose_field(account.purpose, purposes),
        FormField(name="letters", label=translated("Letters"), value=account.letters, hint=translated("2 to 4")),
        FormField(name="colour", label=translated("Colour"), value=account.colour, choices=colours, required=True),
        FormField(name="symbol", label=translated("Symbol"), value=account.symbol, choices=SYMBOLS, required=True),
    )


def _facts(account: Account) -> tuple[FormField, ...]:
    return (
        FormField(name="owner", label=translated("Belongs to"), value=account.owner, hint=translated("me")),
        FormField(name="home", label=translated("Household"), value=account.home, hint=translated("home")),
        FormField(
            name="organization",
            label=translated("Company"),
            value=account.organization or "",
            hint=translated("for an Amazon Business account"),
        ),
        FormField(name="status", label=translated("Status"), value=account.status, choices=translated_choices(_STATUS), required=True),
        FormField(
            name="closed_at",
            label=translated("Closed on"),
            value=str(account.closed_at or ""),
            hint=translated("when Amazon closed it: 2026-03-02"),
        ),
        FormField(
            name="notice",
            label=translated("Amazon wrote"),
            value=account.notice or "",
            hint=translated("what its mail says about other accounts"),
        ),
        FormField(
            name="marketplaces", label=translated("Marketplaces"), value=", ".join(account.marketplaces), hint="amazon.com, amazon.de"
        ),
        FormField(
            name="addresses",
            label=translated("Addresses"),
            value="; ".join(account.addresses),
            hint="office/98101; 5 Elm St, Salem",
            describe=describe_addresses,
        ),
        FormField(
            name="cards",
            label=translated("Cards"),
            value=", ".join(account.cards),
            hint="visa/1234, Visa ending in 5678",
            describe=describe_cards,
        ),
    )


def change_of(account: Account, answers: Answers) -> AccountChange:
    """Return the changed fields."""
    texts = {name: value for name, value in answers.items() if name not in _LISTS and value != str(getattr(account, name) or "")}
    lists = {name: tuple(part.strip() for part in answers[name].split(",") if part.strip()) for name in _LISTS}
    lists["addresses"] = addresses_in(answers["addresses"])
    changed = {name: value for name, value in lists.items() if value != getattr(account, name)}
    business = bool(texts["organization"]) if "organization" in texts else None
    return AccountChange(**texts, **changed, business=business)  # type: ignore[arg-type]  # the fields are named after AccountChange's


def describe_addresses(text: str) -> list[str]:
    """Return how typed addresses are understood."""
    return [translated("Understood: {text}", text=understood(address)) for address in addresses_in(text)]


def describe_cards(text: str) -> list[str]:
    """Return how typed cards are understood."""
    cards = [same_spelling(part) for part in text.split(",") if part.strip()]
    return [translated("Understood: {text}", text=", ".join(cards))] if cards else []


def _purpose_field(value: str, purposes: Sequence[str]) -> FormField:
    """Return the line of a purpose: one that exists, or a new word."""
    known = tuple((word, shown_purpose(word)) for word in dict.fromkeys((*_PURPOSES, *purposes)))
    return FormField(
        name="purpose",
        label=translated("Used for"),
        value=value,
        choices=known,
        required=True,
        other=translated("a new word …"),
        hint=translated("the new word"),
    )
