"""Text for claims between accounts: one line of a list, all details, and what is to be paid altogether."""

from collections.abc import Iterable

from textual.content import Content

from assistant.domain.books.claims import Claim, ClaimState, settle_up
from assistant.domain.languages.translating import to_translate, translated
from assistant.domain.money import Money
from tui.formatting import Pen, plain, section

_AMOUNT = 13
EVEN = to_translate("What they owe each other comes out even")


def claim_line(claim: Claim, pen: Pen) -> Content:
    """Return a claim as one line: day, amount, who owes whom, for what."""
    open_now = claim.state is ClaimState.OPEN
    return Content.assemble(
        (pen.day_column(claim.opened), "$muted"),
        (f"{pen.amount(claim.amount):>{_AMOUNT}}  ", "bold" if open_now else "$muted"),
        pen.badge_column(claim.owes),
        " → ",
        pen.badge_column(claim.paid),
        ("" if open_now else f" {translated('settled')},", "$muted"),
        (f" {plain(claim.title) or translated('order {number}', number=plain(claim.number))}", "" if open_now else "$muted"),
    )


def claim_facts(claim: Claim, pen: Pen) -> Content:
    """Return everything about a claim, with the keys that settle it."""
    owes, paid = pen.label(claim.owes), pen.label(claim.paid)
    if claim.settled_on:
        text = translated(
            "{owes} paid {amount} to {paid} on {day}.",
            owes=owes,
            amount=pen.amount(claim.amount),
            paid=paid,
            day=pen.day(claim.settled_on),
        )
    else:
        text = translated("{owes} owes {amount} to {paid}, which paid for this.", owes=owes, amount=pen.amount(claim.amount), paid=paid)
    keys = [
        translated("{key}: settle it", key=pen.key("y", "claims.settle")),
        translated("{key}: a part of it was paid", key=pen.key("e", "claims.settle-part")),
    ]
    lines = [
        Content.styled(plain(claim.title) or translated("The whole order"), "bold"),
        Content.styled(translated("order {number} · since {day}", number=plain(claim.number), day=pen.day(claim.opened)), "$muted"),
        Content(""),
        Content(text),
        *section(translated("When it is paid"), keys if claim.state is ClaimState.OPEN else []),
    ]
    return Content("\n").join(lines)


def owed_text(claims: Iterable[Claim], pen: Pen) -> str:
    """Return in one line what each account owes another altogether; "" if nothing is open."""
    sums = settle_up(claims)
    return " · ".join(
        translated("{owes} owes {paid} {amount}", owes=pen.label(owes), paid=pen.label(paid), amount=pen.amount(Money(minor, unit)))
        for (owes, paid, unit), minor in sums.items()
    )
