"""Text for claims between accounts: one line of a list, all details, and what is to be paid altogether."""

from collections.abc import Iterable

from textual.content import Content

from assistant.domain.books.claims import Claim, ClaimState, settle_up
from assistant.domain.money import Money
from tui.formatting import Pen, plain, section

_AMOUNT = 13
EVEN = "What they owe each other comes out even"


def claim_line(claim: Claim, pen: Pen) -> Content:
    """Return a claim as one line: day, amount, who owes whom, for what."""
    open_now = claim.state is ClaimState.OPEN
    return Content.assemble(
        (f"{pen.day(claim.opened):<11} ", "$muted"),
        (f"{pen.amount(claim.amount):>{_AMOUNT}}  ", "bold" if open_now else "$muted"),
        pen.badge_column(claim.owes),
        " → ",
        pen.badge_column(claim.paid),
        (f" {plain(claim.title) or f'order {plain(claim.number)}'}", "" if open_now else "$muted"),
        ("" if open_now else "  settled", "$muted"),
    )


def claim_facts(claim: Claim, pen: Pen) -> Content:
    """Return everything about a claim, with the command that settles it."""
    owes, paid = pen.label(claim.owes), pen.label(claim.paid)
    if claim.settled_on:
        text = f"{owes} paid {pen.amount(claim.amount)} to {paid} on {pen.day(claim.settled_on)}."
    else:
        text = f"{owes} owes {pen.amount(claim.amount)} to {paid}, which paid for this."
    lines = [
        Content.styled(plain(claim.title) or "The whole order", "bold"),
        Content.styled(f"order {plain(claim.number)} · since {pen.day(claim.opened)}", "$muted"),
        Content(""),
        Content(text),
        *section("When it is paid", [f"shopper claims settle {claim.id}"] if claim.state is ClaimState.OPEN else []),
    ]
    return Content("\n").join(lines)


def owed_text(claims: Iterable[Claim], pen: Pen) -> str:
    """Return in one line what each account owes another altogether; "" if nothing is open."""
    sums = settle_up(claims)
    return " · ".join(
        f"{pen.label(owes)} owes {pen.label(paid)} {pen.amount(Money(minor, unit))}" for (owes, paid, unit), minor in sums.items()
    )
