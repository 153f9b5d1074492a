"""What the signs on the screens mean: F1 and ? show it. A test holds that no screen has a sign that is not explained here."""

from collections.abc import Mapping

from assistant.domain.languages.translating import to_translate

Sign = tuple[str, str]
"""One or more signs, separated by spaces, and what they mean."""

EVERYWHERE: tuple[Sign, ...] = (
    ("●  ◌  ○", to_translate("after an account: seen this week, days ago, never")),
    ("⚠", to_translate("warnings that are open")),
    ("▲", to_translate("look at this")),
    ("…", to_translate("there is more; after an amount or a month: it may be incomplete")),
    ("•", to_translate("digits that are hidden: of a card, or of amounts ($)")),
    ("·", to_translate("stands between facts; before a line it marks nothing special")),
    ("⏎  ⌫  ^", to_translate("the keys Enter, Backspace, Ctrl")),
)
_LEVELS: tuple[Sign, ...] = (("i  ▲  ‼", to_translate("a warning: for your information, worth checking, would hold the order")),)
_READ: tuple[Sign, ...] = (
    ("?", to_translate("waits until you say whose it is")),
    ("▲", to_translate("was not imported, or could not be read")),
)
_BACK: Sign = ("−", to_translate("came back: a refund"))
_PERIOD: Sign = ("‹  ›", to_translate("the period; { and } turn it"))
_SHADES: Sign = ("░ ▒ ▓ █", to_translate("the darker, the more was spent"))
_BARS: Sign = ("█ ▀ ▄ ▌ ▎", to_translate("bars: the longer, the more was spent; in the colours of the accounts"))

ON_SCREENS: Mapping[str, tuple[Sign, ...]] = {
    "overview": (*_LEVELS, *_READ, ("+", to_translate("an import brought new orders")), _BARS, _BACK),
    "orders": (
        _BACK,
        ("( )", to_translate("an amount in parentheses counts in no sum: nothing says that it was paid")),
        ("+", to_translate("how many more items the order has")),
        ("×", to_translate("how many of an item")),
    ),
    "deliveries": (
        ("→", to_translate("on its way")),
        ("▲", to_translate("late")),
        ("·", to_translate("not sent yet")),
        ("✓", to_translate("arrived, or sent so long ago that it probably has")),
        ("+", to_translate("how many more items the parcel has")),
    ),
    "calendar": (
        _SHADES,
        ("1 – 9", to_translate("on a day: how many dates are due")),
        ("▲", to_translate("late")),
        ("→  ✓", to_translate("a parcel: on its way, arrived")),
        _PERIOD,
    ),
    "expenses": (
        ("·", to_translate("nothing in this month")),
        _BACK,
        _PERIOD,
        _BARS,
        _SHADES,
        ("≤", to_translate("the most that a shade stands for")),
    ),
    "budgets": (
        ("█", to_translate("spent")),
        ("▒", to_translate("what will probably be spent until the end")),
        ("░", to_translate("what is probably left")),
        ("│", to_translate("the end of the budget: what lies behind it is too much")),
        ("▲", to_translate("cannot be counted")),
    ),
    "books": (("~", to_translate("estimated: shared out over the items")), _BACK, _PERIOD),
    "questions": (_PERIOD,),
    "claims": (("→", to_translate("owes")), _BACK),
    "statements": (
        ("✔", to_translate("the line has its charge")),
        ("?", to_translate("it fits several charges")),
        ("▲", to_translate("it fits none")),
        ("·", to_translate("you said that it is not a purchase")),
        _BACK,
        _PERIOD,
    ),
    "taxes": (_BACK, _PERIOD),
    "receipts": (_PERIOD,),
    "warnings": _LEVELS,
    "accounts": (
        ("✓", to_translate("a browser that is paired")),
        ("?", to_translate("a login that belongs to no account yet")),
        ("✓  ▲  ‼", to_translate("two accounts: may be linked, something to mend first, may not")),
    ),
    "imports": (("✓", to_translate("was read")), *_READ),
    "rules": (("▲", to_translate("another rule contradicts it")), ("·", to_translate("a rule"))),
    "terms": (
        ("%  ≤", to_translate("a promotion, a limit")),
        ("∞  ↻", to_translate("a membership, a subscription")),
        ("✎", to_translate("a review that you wrote")),
        ("·", to_translate("anything else")),
    ),
    "labels": (("→", to_translate("the line of a tax form that a category goes to")),),
    "settings": (("@", to_translate("a saved filter")), ("^", to_translate("the key Ctrl"))),
}
"""What signs mean on one screen only, or mean there besides."""


def signs_of(place: str) -> tuple[Sign, ...]:
    """Return the signs of a screen: its own first, then those of every screen that mean nothing else here."""
    own = ON_SCREENS.get(place, ())
    taken = {sign for signs, _ in own for sign in signs.split()}
    return (*own, *(entry for entry in EVERYWHERE if not taken & set(entry[0].split())))
